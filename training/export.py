"""Writes the trained network as ONNX in int8, with its vocabulary and labels.

Weights have a scale for each column; what flows between the layers is scaled anew for each
sentence, which is why the program asks about one sentence at a time. Weights keep to seven bits, so
that sums do not overflow on processors without the newer integer instructions.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.net import RelationNet

SHIPPED = Path(__file__).parents[1] / "src" / "detente" / "knowledge" / "relation_model"


def export(
    net: RelationNet, vocabulary: Sequence[str], types: Sequence[str], modes: Sequence[str]
) -> int:
    """Write the model's files; returns the size of the ONNX file in bytes."""
    SHIPPED.mkdir(parents=True, exist_ok=True)
    SHIPPED.joinpath("vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    SHIPPED.joinpath("labels.yaml").write_text(_labels(types, modes), encoding="utf-8")
    target = SHIPPED / "relation.onnx"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "float.onnx"
        _to_onnx(net, path)
        quantize_dynamic(
            path, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8
        )
    return target.stat().st_size


def _to_onnx(net: RelationNet, path: Path) -> None:
    ids = torch.tensor([[101, 1, 2003, 2, 3, 2003, 4, 102]] * 2)
    at = torch.tensor([1, 1])
    torch.onnx.export(
        net,
        (ids, torch.ones_like(ids), at, at + 3),
        str(path),
        input_names=["ids", "mask", "source_at", "target_at"],
        output_names=["types", "modes"],
        dynamic_axes={
            "ids": {0: "batch", 1: "length"},
            "mask": {0: "batch", 1: "length"},
            "source_at": {0: "batch"},
            "target_at": {0: "batch"},
            "types": {0: "batch"},
            "modes": {0: "batch"},
        },
        opset_version=17,
        dynamo=False,
    )


def _labels(types: Sequence[str], modes: Sequence[str]) -> str:
    head = "# The outputs of relation.onnx, in order; written by training/export.py.\n"
    return head + "".join(
        f"{key}:\n" + "".join(f"  - {name}\n" for name in names)
        for key, names in (("types", types), ("modes", modes))
    )
