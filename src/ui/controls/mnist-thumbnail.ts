/** Four MNIST digits at half size, for the dataset's thumbnail: 28 × 28 grey values of four bits, row by row. */
const PACKED =
  "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAXdSAAAAAAAAAAAAAArO//+yAAAAAABb/8AAB4Wr//gAAAAABOuGQAABADfvwQAAAAdRAAAAAAAH//0QAAAATiAAAAAAAAOt/yAAAABfxgAAAAAAAAC/kAAAAAJuQAAAAAAAAL9AAAAAABxQAAAAnpeN/jAAAAe3ziAAAACP//6kAAAADdxyAAAAAAV3MQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAFndBAAAAAAAAJjAAAACv//7rAAAAAAFOiwAAAN2d///gAAAAjI2sAAAAAAATjvUAAAHQAJUAAAAAAAAN4QAAAGw4UAAAAAAAAa9wAAAAAeoAAAAAAABd9wAAAAAHemAAAAAACP1AAAAAAB8AwgAAAAAP+1UQAAAAOgCDAAAAABz//+oAAAArNsEAAAAAACR1EQAAAAR2AAAAAAAAAAAAAAAAAAAAAAA=";

export const MNIST_THUMBNAIL_SIZE = 28;

/** Grey values from 0 (paper) to 1 (ink) [28 · 28], row-major. */
export function mnistThumbnail(): Float32Array {
  const bytes = atob(PACKED);
  return Float32Array.from({ length: 2 * bytes.length }, (_, i) => {
    const byte = bytes.charCodeAt(i >> 1);
    return (i % 2 === 0 ? byte >> 4 : byte & 15) / 15;
  });
}
