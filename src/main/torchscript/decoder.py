# A Llama-family decoder as a TorchScript program, in the dialect that TorchScript itself writes.
# Letters: B rows, T tokens of a row, S cached tokens, H query heads, K key-value heads, E width of a head, D width, V vocabulary.
# `shape` holds whole numbers: layers, H, K, E, the compute type (6 float32, 7 float64, 15 bfloat16). `w` holds weights under their
# checkpoint names; a projection may have a bias, and a low-rank adapter beside it: lora_A.weight [r, in], lora_B.weight [out, r], lora_scale [1].
# The residual stream and the norms stay float32 (float64 where products are); products run in the compute type.
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def cast(self: __torch__.Decoder, w: Dict[str, Tensor], shape: Tensor) -> Dict[str, Tensor]:
    kind = int(shape[4])
    out = annotate(Dict[str, Tensor], {})
    for name in torch.keys(w):
      weight = w[name]
      if torch.dim(weight) > 1 or kind == 7:
        out[name] = torch.to(weight, kind)
      else:
        out[name] = weight
    return out

  # The type of the residual stream.
  def wide(self: __torch__.Decoder, shape: Tensor) -> int:
    kind = 6
    if int(shape[4]) == 7:
      kind = 7
    return kind

  def angles(self: __torch__.Decoder, positions: Tensor, inverse: Tensor) -> Tensor:
    f = torch.unsqueeze(torch.to(positions, inverse.dtype), -1) * inverse
    return torch.unsqueeze(torch.cat([f, f], -1), 1)
