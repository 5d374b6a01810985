"""The network: the encoder's last states at the two actors and over the sentence, two heads."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from transformers import BertConfig, BertModel


class RelationNet(nn.Module):
    """Sentence with marked actors in; logits of types and of modes out."""

    def __init__(self, encoder: BertModel, types: int, modes: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        width = 3 * encoder.config.hidden_size
        self.dropout = nn.Dropout(dropout)
        self.middle = nn.Linear(width, encoder.config.hidden_size)
        self.types = nn.Linear(encoder.config.hidden_size, types)
        self.modes = nn.Linear(encoder.config.hidden_size, modes)

    def forward(
        self, ids: Tensor, mask: Tensor, source_at: Tensor, target_at: Tensor
    ) -> tuple[Tensor, Tensor]:
        """Logits of one batch."""
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1)
        rows = torch.arange(states.shape[0], device=states.device)
        seen = torch.cat([states[rows, source_at], states[rows, target_at], mean], dim=-1)
        hidden = torch.tanh(self.middle(self.dropout(seen)))
        hidden = self.dropout(hidden)
        return self.types(hidden), self.modes(hidden)


def load_encoder(folder: str) -> BertModel:
    """The pretrained encoder from a folder, without its pooler."""
    config = BertConfig.from_pretrained(folder)
    config._attn_implementation = "eager"
    return BertModel.from_pretrained(folder, config=config, add_pooling_layer=False)
