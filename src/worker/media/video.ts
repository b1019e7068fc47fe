/** Makes an MP4 or a WebM with the browser's own encoder (WebCodecs), put into its file by mediabunny. */
import {
  BufferTarget,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  QUALITY_VERY_HIGH,
  type VideoCodec,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from "mediabunny";
import type { FilmFormat, FilmShape } from "../protocol-media";
import type { FilmMaker } from "./film";

type VideoFormat = Exclude<FilmFormat, "gif">;

/** Codecs of each format, the most widely played first. */
const CODECS: Readonly<Record<VideoFormat, VideoCodec[]>> = {
  mp4: ["avc", "vp9", "av1"],
  webm: ["vp9", "vp8", "av1"],
};

/** Of the films that are made; whether a codec can be encoded may depend on it. */
const USUAL_SIDE = 480;

/** Whether this browser has an encoder for the format. */
export async function canMakeVideo(format: VideoFormat): Promise<boolean> {
  return (await codecFor(format, USUAL_SIDE, USUAL_SIDE)) !== null;
}

async function codecFor(format: VideoFormat, width: number, height: number): Promise<VideoCodec | null> {
  if (typeof VideoEncoder === "undefined") return null;
  return getFirstEncodableVideoCodec(CODECS[format], { width, height });
}

/** @throws Error where this browser has no encoder for the format */
export async function makeVideo(format: VideoFormat, shape: FilmShape): Promise<FilmMaker> {
  const { width, height, framesPerSecond } = shape;
  const codec = await codecFor(format, width, height);
  if (codec === null) throw new Error(`This browser cannot encode ${format.toUpperCase()}. Choose another format.`);
  const target = new BufferTarget();
  const output = new Output({
    target,
    format: format === "mp4" ? new Mp4OutputFormat({ fastStart: "in-memory" }) : new WebMOutputFormat(),
  });
  const source = new VideoSampleSource({ codec, bitrate: QUALITY_VERY_HIGH });
  output.addVideoTrack(source, { frameRate: framesPerSecond });
  await output.start();
  let frames = 0;
  return {
    async add(pixels) {
      const sample = new VideoSample(pixels, {
        format: "RGBA",
        codedWidth: width,
        codedHeight: height,
        timestamp: frames / framesPerSecond,
        duration: 1 / framesPerSecond,
      });
      frames += 1;
      try {
        await source.add(sample); // waits while the encoder has enough to do
      } finally {
        sample.close();
      }
    },
    async finish() {
      await output.finalize();
      if (target.buffer === null) throw new Error("The film's file was not made.");
      return new Uint8Array(target.buffer);
    },
  };
}
