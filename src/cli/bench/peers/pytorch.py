"""PyTorch on the CPU as a process of the benchmark: `pytorch.py THREADS WORK`, the work as JSON.

The step is the one that works.ts describes; the lines on stdin and stdout are those of peer-protocol.ts.
"""

import json
import sys
import time

import torch
from torch import nn

threads = int(sys.argv[1])
torch.set_num_threads(threads)
torch.manual_seed(1)
work = json.loads(sys.argv[2])
config = work["config"]
batch, latent, shape = config["batchSize"], config["latent"]["size"], work["dataShape"]
penalty = config["model"]["penalties"]["wganGp"]
wasserstein = config["model"]["loss"] == "wasserstein"


def say(**message):
    print(json.dumps(message, separators=(",", ":")), flush=True)


def note():
    """Debian's PyTorch computes with whatever libblas.so.3 is installed; the reference one is slower than OpenBLAS by an order."""
    with open("/proc/self/maps") as maps:
        libraries = maps.read()
    known = [name for name in ("openblas", "mkl", "blis", "atlas") if name in libraries]
    reference = "/libblas.so" in libraries and not known
    return f"PyTorch {torch.__version__}" + (", slow reference BLAS: install OpenBLAS" if reference else "")


def peak():
    """GFLOP/s of the best of some large matrix products."""
    side, best = 768, float("inf")
    a, b = torch.randn(side, side), torch.randn(side, side)
    for _ in range(10):
        started = time.perf_counter()
        torch.mm(a, b)
        best = min(best, time.perf_counter() - started)
    return 2 * side**3 / best / 1e9


def activation(spec):
    name = spec.get("activation", "linear")
    if name == "linear":
        return []
    return [{"leakyRelu": lambda: nn.LeakyReLU(spec.get("alpha", 0.2)), "relu": nn.ReLU, "tanh": nn.Tanh}[name]()]


def build(layers, size):
    """size: [features] or [height, width, channels]; PyTorch's own order, channels first, inside."""
    modules = []
    for spec in layers:
        kind, bias = spec["type"], spec.get("useBias", True)
        if kind == "dense":
            modules.append(nn.Linear(size[0], spec["units"], bias=bias))
            size = [spec["units"]]
        elif kind in ("conv2d", "conv2dTranspose"):
            k, s = spec["kernelSize"], spec["strides"]
            layer = nn.Conv2d if kind == "conv2d" else nn.ConvTranspose2d
            modules.append(layer(size[2], spec["filters"], k, s, (k - s) // 2, bias=bias))
            scale = 1 / s if kind == "conv2d" else s
            size = [int(size[0] * scale), int(size[1] * scale), spec["filters"]]
        elif kind == "batchNorm":
            modules.append(nn.BatchNorm1d(size[0]) if len(size) == 1 else nn.BatchNorm2d(size[2]))
        elif kind == "reshape":
            size = spec["shape"]
            modules.append(nn.Unflatten(1, (size[2], size[0], size[1])))
        elif kind == "flatten":
            size = [size[0] * size[1] * size[2]]
            modules.append(nn.Flatten())
        else:
            raise ValueError(f"this peer has no layer {kind}")
        modules += activation(spec)
    return nn.Sequential(*modules)


def adam(player):
    o = config["players"][player]["optimizer"]
    return dict(lr=o["learningRate"], betas=(o["beta1"], o["beta2"]), eps=o["epsilon"])


def main():
    generator = build(config["networks"]["generator"]["layers"], [latent])
    discriminator = build(config["networks"]["discriminator"]["layers"], shape)
    optimize_g = torch.optim.Adam(generator.parameters(), **adam("generator"))
    optimize_d = torch.optim.Adam(discriminator.parameters(), **adam("discriminator"))
    reals = torch.randn(batch, *([shape[2], shape[0], shape[1]] if len(shape) == 3 else shape))
    bce = nn.BCEWithLogitsLoss()  # the fused softplus on logits
    one, zero = torch.ones(batch, 1), torch.zeros(batch, 1)

    def slope_penalty(fakes):
        share = torch.rand(batch, *([1] * len(shape)))
        between = (share * reals + (1 - share) * fakes).requires_grad_(True)
        (slopes,) = torch.autograd.grad(discriminator(between).sum(), between, create_graph=True)
        norms = (slopes.flatten(1).square().sum(1) + 1e-12).sqrt()
        return penalty * (norms - 1).square().mean()

    def step():
        optimize_d.zero_grad()
        with torch.no_grad():
            fakes = generator(torch.randn(batch, latent))
        a, b = discriminator(reals), discriminator(fakes)
        loss = b.mean() - a.mean() + slope_penalty(fakes) if wasserstein else bce(a, one) + bce(b, zero)
        loss.backward()
        optimize_d.step()
        optimize_g.zero_grad()
        # D's weights need no gradient here; in PyTorch one says so, or pays for it.
        discriminator.requires_grad_(False)
        b = discriminator(generator(torch.randn(batch, latent)))
        loss = -b.mean() if wasserstein else bce(b, one)
        loss.backward()
        discriminator.requires_grad_(True)
        optimize_g.step()

    def measure(steps):
        started = time.perf_counter()
        for _ in range(steps):
            step()
        return (time.perf_counter() - started) / steps * 1e3

    for _ in range(5):
        warm = measure(1)
    say(bench="ready", warmMs=warm, threads=torch.get_num_threads(), adapter=None, execution=None,
        threadChoice=True, note=note())
    for line in sys.stdin:
        command, *argument = line.split()
        if command == "quit":
            break
        if command == "measure":
            say(bench="measured", msPerStep=measure(int(argument[0])))
        elif command == "peak":
            say(bench="peak", gflops=peak())


try:
    main()
except Exception as error:  # the benchmark prints it in the row
    say(bench="failed", why=str(error))
    sys.exit(1)
