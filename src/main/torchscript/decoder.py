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

  # A projection with its bias and its adapter, where it has them. name: the module's, such as model.layers.0.mlp.up_proj.
  def project(self: __torch__.Decoder, x: Tensor, w: Dict[str, Tensor], name: str) -> Tensor:
    y = torch.linear(x, w[name + ".weight"])
    if torch.__contains__(w, name + ".bias"):
      y = y + torch.to(w[name + ".bias"], y.dtype)
    if torch.__contains__(w, name + ".lora_A.weight"):
      low = torch.linear(x, w[name + ".lora_A.weight"])
      y = y + torch.linear(low, w[name + ".lora_B.weight"]) * torch.to(w[name + ".lora_scale"], y.dtype)
    return y

  # Normalises each head's vector of a query or key, where the layer has such a norm (Qwen3). x [B, T, heads, E]
  def normed(self: __torch__.Decoder, x: Tensor, w: Dict[str, Tensor], name: str, eps: float) -> Tensor:
    y = x
    if torch.__contains__(w, name):
      y = torch.to(torch.rms_norm(torch.to(x, w[name].dtype), [x.size(-1)], w[name], eps), x.dtype)
    return y

  def rotate(self: __torch__.Decoder, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    a, b = torch.split(x, x.size(-1) // 2, -1)
    return x * cos + torch.cat([-b, a], -1) * sin

  def angles(self: __torch__.Decoder, positions: Tensor, inverse: Tensor) -> Tensor:
    f = torch.unsqueeze(torch.to(positions, inverse.dtype), -1) * inverse
    return torch.unsqueeze(torch.cat([f, f], -1), 1)

  def shared(self: __torch__.Decoder, x: Tensor, heads: int) -> Tensor:
    B, K, S, E = x.size(0), x.size(1), x.size(2), x.size(3)
    y = x
    if K != heads:
      y = torch.reshape(torch.expand(torch.unsqueeze(x, 2), [B, K, heads // K, S, E]), [B, heads, S, E])
    return y

  def layer(self: __torch__.Decoder, x: Tensor, w: Dict[str, Tensor], p: str, cos: Tensor, sin: Tensor, mask: Tensor, shape: Tensor, eps: float, keys: List[Tensor], values: List[Tensor], slot: int, start: int) -> Tensor:
    H = int(shape[1])
    K = int(shape[2])
    E = int(shape[3])
    kind = int(shape[4])
    B, T, D = x.size(0), x.size(1), x.size(2)
    h = torch.to(torch.rms_norm(x, [D], w[p + "input_layernorm.weight"], eps), kind)
    q = torch.transpose(self.normed(self.project(h, w, p + "self_attn.q_proj").view([B, T, H, E]), w, p + "self_attn.q_norm.weight", eps), 1, 2)
    k = torch.transpose(self.normed(self.project(h, w, p + "self_attn.k_proj").view([B, T, K, E]), w, p + "self_attn.k_norm.weight", eps), 1, 2)
    v = torch.transpose(self.project(h, w, p + "self_attn.v_proj").view([B, T, K, E]), 1, 2)
    q = self.rotate(q, cos, sin)
    k = self.rotate(k, cos, sin)
    if slot >= 0:
      end = start + T
      torch.copy_(torch.slice(keys[slot], 2, start, end, 1), k)
      torch.copy_(torch.slice(values[slot], 2, start, end, 1), v)
      k = torch.slice(keys[slot], 2, 0, end, 1)
      v = torch.slice(values[slot], 2, 0, end, 1)
    else:
      q = torch.to(q, mask.dtype)
      k = torch.to(k, mask.dtype)
      v = torch.to(v, mask.dtype)
    a = torch.scaled_dot_product_attention(q, self.shared(k, H), self.shared(v, H), mask, 0.0, False, scale=None, enable_gqa=False)
    a = torch.to(torch.reshape(torch.transpose(a, 1, 2), [B, T, H * E]), kind)
    x = x + self.project(a, w, p + "self_attn.o_proj")
    h = torch.to(torch.rms_norm(x, [D], w[p + "post_attention_layernorm.weight"], eps), kind)
    g = torch.silu(self.project(h, w, p + "mlp.gate_proj")) * self.project(h, w, p + "mlp.up_proj")
    return x + self.project(g, w, p + "mlp.down_proj")

  def head(self: __torch__.Decoder, h: Tensor, w: Dict[str, Tensor], shape: Tensor) -> Tensor:
    name = "lm_head"
    if not torch.__contains__(w, name + ".weight"):
      name = "model.embed_tokens"
    return torch.to(self.project(torch.to(h, int(shape[4])), w, name), self.wide(shape))
