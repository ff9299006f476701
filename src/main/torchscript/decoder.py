# A Llama-family decoder as a TorchScript program, in the dialect that TorchScript itself writes.
# Letters: B rows, T tokens of a row, S cached tokens, H query heads, K key-value heads, E width of a head, D width, V vocabulary.
# `shape` holds whole numbers: layers, H, K, E, the compute type (6 float32, 15 bfloat16). `w` holds weights under their checkpoint names.
# The residual stream and the norms stay float32; products run in the compute type.
class Decoder(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def cast(self: __torch__.Decoder, w: Dict[str, Tensor], shape: Tensor) -> Dict[str, Tensor]:
    kind = int(shape[4])
    out = annotate(Dict[str, Tensor], {})
    for name in torch.keys(w):
      weight = w[name]
      if torch.dim(weight) > 1:
        out[name] = torch.to(weight, kind)
      else:
        out[name] = weight
    return out

  def rotate(self: __torch__.Decoder, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    a, b = torch.split(x, x.size(-1) // 2, -1)
    return x * cos + torch.cat([-b, a], -1) * sin

  def angles(self: __torch__.Decoder, positions: Tensor, inverse: Tensor) -> Tensor:
    f = torch.unsqueeze(torch.to(positions, 6), -1) * inverse
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
    q = torch.transpose(torch.linear(h, w[p + "self_attn.q_proj.weight"]).view([B, T, H, E]), 1, 2)
    k = torch.transpose(torch.linear(h, w[p + "self_attn.k_proj.weight"]).view([B, T, K, E]), 1, 2)
    v = torch.transpose(torch.linear(h, w[p + "self_attn.v_proj.weight"]).view([B, T, K, E]), 1, 2)
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
    x = x + torch.linear(a, w[p + "self_attn.o_proj.weight"])
    h = torch.to(torch.rms_norm(x, [D], w[p + "post_attention_layernorm.weight"], eps), kind)
    g = torch.silu(torch.linear(h, w[p + "mlp.gate_proj.weight"])) * torch.linear(h, w[p + "mlp.up_proj.weight"])
    return x + torch.linear(g, w[p + "mlp.down_proj.weight"])

  def head(self: __torch__.Decoder, h: Tensor, w: Dict[str, Tensor], shape: Tensor) -> Tensor:
    name = "lm_head.weight"
    if not torch.__contains__(w, name):
      name = "model.embed_tokens.weight"
    return torch.to(torch.linear(torch.to(h, int(shape[4])), w[name]), 6)

  # Last hidden states [B, T, D] after the final norm. A token sees the tokens before it whose segment is 0 (the shared prompt)
  # or its own (one of several continuations of that prompt); segment -1 is padding.
  def hidden(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, w: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor) -> Tensor:
    kind = int(shape[4])
    eps = float(reals[0])
    T = ids.size(1)
    f = self.angles(positions, inverse)
    cos = torch.cos(f)
    sin = torch.sin(f)
    row = torch.unsqueeze(segments, 2)
    column = torch.unsqueeze(segments, 1)
    causal = torch.tril(torch.ones([T, T], dtype=11, device=ids.device), 0)
    seen = torch.logical_and(torch.logical_or(torch.eq(column, row), torch.eq(column, 0)), causal)
    # Attention runs in the mask's type: float32, whose backward pass is several times faster than bfloat16's on CPUs.
    mask = torch.zeros([ids.size(0), 1, T, T], dtype=6, device=ids.device)
    mask = torch.masked_fill(mask, torch.logical_not(torch.unsqueeze(seen, 1)), -inf)
    x = torch.embedding(w["model.embed_tokens.weight"], ids)
    x = torch.to(x, 6)
    none = annotate(List[Tensor], [])
    for i in range(int(shape[0])):
      x = self.layer(x, w, "model.layers." + str(i) + ".", cos, sin, mask, shape, eps, none, none, -1, 0)
    return torch.rms_norm(x, [x.size(2)], w["model.norm.weight"], eps)

  def logits(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor) -> Tensor:
    w = self.cast(weights, shape)
    return self.head(self.hidden(ids, positions, segments, w, inverse, shape, reals), w, shape)
