# What training needs of the decoder: values of continuations, their gradients and the optimiser's step.
# The way back is written out instead of recorded. So a product may use any library, gradients add straight into their sums, what a
# layer keeps is chosen (its products' results; what is cheap is computed again), and frozen weights cost nothing.
# Tokens lie in one stream of N; `bundles` [n, 3] cuts it into rectangles for attention: rows, width, and 1 where each row is one plain
# sequence. `sums` holds the gradient of each trained weight under its name. reals: epsilon of the norms, dropout, its seed.

  # y = x W^T; x [N, in], weight [out, in]. Small products stay with PyTorch's own choice: oneDNN compiles a kernel for each new shape.
  def times(self: __torch__.Decoder, x: Tensor, weight: Tensor, shape: Tensor) -> Tensor:
    if int(shape[5]) == 1 and x.dtype == 6 and not x.is_cuda and x.size(0) * x.size(1) * weight.size(0) > 33554432:
      y = ops.mkldnn._linear_pointwise(x, weight, None, "none", annotate(List[Optional[number]], []), "")
    else:
      y = torch.linear(x, weight)
    return y

  # dx = dy W; dy [N, out], weight [out, in].
  def times_back(self: __torch__.Decoder, dy: Tensor, weight: Tensor, shape: Tensor) -> Tensor:
    return self.times(dy, torch.t(weight), shape)

  # sum += dy^T x; dy [N, out], x [N, in], sum [out, in].
  def outer(self: __torch__.Decoder, sum: Tensor, dy: Tensor, x: Tensor, shape: Tensor) -> Tensor:
    return torch.add_(sum, self.times(torch.t(dy), torch.t(x), shape))

  # Dropout whose mask is a function of the pass's seed and the place alone, so that the way back draws the same one.
  def drop(self: __torch__.Decoder, x: Tensor, reals: Tensor, place: int) -> Tensor:
    y = x
    p = float(reals[1])
    if p > 0.0:
      generator = torch.Generator(device=x.device, seed=int(reals[2]) + place)
      kept = torch.ge(torch.rand([x.size(0), x.size(1)], generator=generator, dtype=6, device=x.device), p)
      y = torch.mul(torch.mul(x, kept), 1.0 / (1.0 - p))
    return y

  # A projection with its bias and its adapter, where it has them.
  def forth(self: __torch__.Decoder, x: Tensor, weight: Tensor, w: Dict[str, Tensor], name: str, shape: Tensor, reals: Tensor, place: int) -> Tensor:
    kind = int(shape[4])
    y = self.times(x, torch.to(weight, kind), shape)
    if torch.__contains__(w, name + ".bias"):
      torch.add_(y, w[name + ".bias"])
    if torch.__contains__(w, name + ".lora_A.weight"):
      low = torch.linear(self.drop(x, reals, place), torch.to(w[name + ".lora_A.weight"], kind))
      y = y + torch.linear(low, torch.to(w[name + ".lora_B.weight"], kind)) * torch.to(w[name + ".lora_scale"], kind)
    return y

  # The way back through it: dx, and gradients into the sums of what is trained.
  def back(self: __torch__.Decoder, dy: Tensor, x: Tensor, weight: Tensor, w: Dict[str, Tensor], sums: Dict[str, Tensor], name: str, known: str, shape: Tensor, reals: Tensor, place: int) -> Tensor:
    kind = int(shape[4])
    dx = self.times_back(dy, torch.to(weight, kind), shape)
    if torch.__contains__(sums, known):
      self.outer(sums[known], dy, x, shape)
    if torch.__contains__(sums, name + ".bias"):
      torch.add_(sums[name + ".bias"], torch.sum(dy, [0]))
    if torch.__contains__(w, name + ".lora_A.weight"):
      a = torch.to(w[name + ".lora_A.weight"], kind)
      dropped = self.drop(x, reals, place)
      low = torch.linear(dropped, a)
      d = dy * torch.to(w[name + ".lora_scale"], kind)
      dlow = torch.mm(d, torch.to(w[name + ".lora_B.weight"], kind))
      if torch.__contains__(sums, name + ".lora_A.weight"):
        torch.add_(sums[name + ".lora_B.weight"], torch.mm(torch.t(d), low))
        torch.add_(sums[name + ".lora_A.weight"], torch.mm(torch.t(dlow), dropped))
      dx = dx + self.drop(torch.mm(dlow, a), reals, place)
    return dx

  # 1 / root mean square over the last dimension, which it keeps as 1.
  def inverse_root(self: __torch__.Decoder, x: Tensor, eps: float) -> Tensor:
    length = torch.linalg_vector_norm(x, 2, [-1], True)
    return torch.rsqrt(torch.mul(length, length) / x.size(-1) + eps)

  def norm(self: __torch__.Decoder, x: Tensor, weight: Tensor, eps: float, kind: int) -> Tensor:
    return torch.to(torch.mul_(torch.mul(x, self.inverse_root(x, eps)), weight), kind)

  # The way back through a norm: dx, and the gradient of its weight into its sum.
  def norm_back(self: __torch__.Decoder, dy: Tensor, x: Tensor, weight: Tensor, sums: Dict[str, Tensor], name: str, eps: float) -> Tensor:
    r = self.inverse_root(x, eps)
    unit = torch.mul(x, r)
    wide = torch.to(dy, x.dtype)
    if torch.__contains__(sums, name):
      torch.add_(sums[name], torch.sum(torch.mul(wide, unit).view([-1, x.size(-1)]), [0]))
    d = torch.mul(wide, weight)
    share = torch.mean(torch.mul(d, unit), [-1], True)
    return torch.mul_(torch.addcmul_(d, unit, share, value=-1), r)

  # Rotary positions; cos, sin [N, 1, E]. The way back is the same with -sin.
  def turn(self: __torch__.Decoder, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    E = x.size(-1)
    half = E // 2
    y = torch.mul(x, cos)
    s = torch.slice(sin, 2, 0, half, 1)
    torch.addcmul_(torch.slice(y, 2, 0, half, 1), torch.slice(x, 2, half, E, 1), s, value=-1)
    torch.addcmul_(torch.slice(y, 2, half, E, 1), torch.slice(x, 2, 0, half, 1), s)
    return y

  # A bundle of the stream as [rows, heads, width, E], keys and values repeated for the query heads that share them.
  def bundle(self: __torch__.Decoder, x: Tensor, start: int, rows: int, width: int, heads: int) -> Tensor:
    y = torch.slice(x, 0, start, start + rows * width, 1).view([rows, width, x.size(1), x.size(2)])
    return self.shared(torch.transpose(y, 1, 2), heads)

  # Whether attention is written out: on devices and in types that the fused CPU operation does not take.
  def plain(self: __torch__.Decoder, x: Tensor) -> bool:
    return x.is_cuda or x.dtype == 7

  # The mask of each bundle, 0 or -inf. A token sees the tokens before it whose segment is 0 (the shared prompt) or its own (one of
  # several continuations of that prompt); segment -1 is padding.
  def masks(self: __torch__.Decoder, segments: Tensor, bundles: Tensor, kind: int) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    start = 0
    for i in range(bundles.size(0)):
      rows = int(bundles[i][0])
      T = int(bundles[i][1])
      mask = torch.zeros([1], dtype=kind, device=segments.device)
      if int(bundles[i][2]) == 0 or segments.is_cuda or kind == 7:
        s = torch.slice(segments, 0, start, start + rows * T, 1).view([rows, T])
        row = torch.unsqueeze(s, 2)
        column = torch.unsqueeze(s, 1)
        causal = torch.tril(torch.ones([T, T], dtype=11, device=s.device), 0)
        seen = torch.logical_and(torch.logical_or(torch.eq(column, row), torch.eq(column, 0)), causal)
        mask = torch.zeros([rows, 1, T, T], dtype=kind, device=s.device)
        mask = torch.masked_fill(mask, torch.logical_not(torch.unsqueeze(seen, 1)), -inf)
      torch.append(out, mask)
      start = start + rows * T
    return out

  # q [N, H, E], k and v [N, K, E]. Returns [N, H * E], and the log of each softmax's sum, bundle after bundle.
  def attend(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, bundles: Tensor, masks: List[Tensor]) -> Tuple[Tensor, Tensor]:
    H, E = q.size(1), q.size(2)
    outs = annotate(List[Tensor], [])
    logs = annotate(List[Tensor], [])
    start = 0
    for i in range(bundles.size(0)):
      rows = int(bundles[i][0])
      T = int(bundles[i][1])
      qi = self.bundle(q, start, rows, T, H)
      ki = self.bundle(k, start, rows, T, H)
      vi = self.bundle(v, start, rows, T, H)
      if self.plain(q):
        scores = torch.matmul(qi, torch.transpose(ki, 2, 3)) / torch.sqrt(float(E)) + masks[i]
        log = torch.logsumexp(scores, [-1])
        out = torch.matmul(torch.exp(scores - torch.unsqueeze(log, -1)), vi)
      else:
        if int(bundles[i][2]) == 1:
          out, log = torch._scaled_dot_product_flash_attention_for_cpu(qi, ki, vi, 0.0, True, attn_mask=None, scale=None)
        else:
          out, log = torch._scaled_dot_product_flash_attention_for_cpu(qi, ki, vi, 0.0, False, attn_mask=masks[i], scale=None)
      torch.append(outs, torch.reshape(torch.transpose(out, 1, 2), [rows * T, H * E]))
      torch.append(logs, torch.reshape(log, [-1]))
      start = start + rows * T
    if torch.len(outs) == 1:
      result = (outs[0], logs[0])
    else:
      result = (torch.cat(outs, 0), torch.cat(logs, 0))
    return result

  # The way back: gradients of q, k, v in their shapes. `da` and `a` are [N, H * E].
  def attend_back(self: __torch__.Decoder, da: Tensor, q: Tensor, k: Tensor, v: Tensor, a: Tensor, logs: Tensor, bundles: Tensor, masks: List[Tensor]) -> Tuple[Tensor, Tensor, Tensor]:
    H, E = q.size(1), q.size(2)
    K = k.size(1)
    dq = annotate(List[Tensor], [])
    dk = annotate(List[Tensor], [])
    dv = annotate(List[Tensor], [])
    start = 0
    for i in range(bundles.size(0)):
      rows = int(bundles[i][0])
      T = int(bundles[i][1])
      n = rows * T
      qi = self.bundle(q, start, rows, T, H)
      ki = self.bundle(k, start, rows, T, H)
      vi = self.bundle(v, start, rows, T, H)
      out = self.bundle(a.view([-1, H, E]), start, rows, T, H)
      d = self.bundle(da.view([-1, H, E]), start, rows, T, H)
      log = torch.slice(logs, 0, start * H, (start + n) * H, 1).view([rows, H, T])
      if self.plain(q):
        p = torch.exp(torch.matmul(qi, torch.transpose(ki, 2, 3)) / torch.sqrt(float(E)) + masks[i] - torch.unsqueeze(log, -1))
        gv = torch.matmul(torch.transpose(p, 2, 3), d)
        ds = p * (torch.matmul(d, torch.transpose(vi, 2, 3)) - torch.sum(d * out, [-1], True)) / torch.sqrt(float(E))
        gq = torch.matmul(ds, ki)
        gk = torch.matmul(torch.transpose(ds, 2, 3), qi)
      else:
        if int(bundles[i][2]) == 1:
          gq, gk, gv = torch._scaled_dot_product_flash_attention_for_cpu_backward(d, qi, ki, vi, out, log, 0.0, True, attn_mask=None, scale=None)
        else:
          gq, gk, gv = torch._scaled_dot_product_flash_attention_for_cpu_backward(d, qi, ki, vi, out, log, 0.0, False, attn_mask=masks[i], scale=None)
      torch.append(dq, torch.reshape(torch.transpose(gq, 1, 2), [n, H, E]))
      for g, into in [(gk, dk), (gv, dv)]:
        shared = torch.transpose(g, 1, 2)
        if K != H:
          shared = torch.sum(torch.reshape(shared, [n, K, H // K, E]), [2])
        torch.append(into, torch.reshape(shared, [n, K, E]))
      start = start + n
    return (torch.cat(dq, 0), torch.cat(dk, 0), torch.cat(dv, 0))

  # A query or key as attention takes it: normalised where the layer has such a norm (Qwen3), turned by its position.
  def placed(self: __torch__.Decoder, x: Tensor, w: Dict[str, Tensor], name: str, cos: Tensor, sin: Tensor, eps: float) -> Tensor:
    y = torch.to(x, cos.dtype)
    if torch.__contains__(w, name):
      y = self.norm(y, w[name], eps, cos.dtype)
    return self.turn(y, cos, sin)

  def placed_back(self: __torch__.Decoder, dy: Tensor, x: Tensor, w: Dict[str, Tensor], sums: Dict[str, Tensor], name: str, cos: Tensor, sin: Tensor, eps: float) -> Tensor:
    d = self.turn(dy, cos, torch.neg(sin))
    if torch.__contains__(w, name):
      d = self.norm_back(d, torch.to(x, cos.dtype), w[name], sums, name, eps)
    return d

  # One layer; x [N, D]. What the way back needs goes to `kept`: x, q, k, v, attention and its logs, x after it, gate, up.
  def block(self: __torch__.Decoder, x: Tensor, w: Dict[str, Tensor], i: int, cos: Tensor, sin: Tensor, bundles: Tensor, masks: List[Tensor], shape: Tensor, reals: Tensor, kept: List[Tensor]) -> Tensor:
    p = "model.layers." + str(i) + "."
    H, K, E, kind = int(shape[1]), int(shape[2]), int(shape[3]), int(shape[4])
    eps = float(reals[0])
    h = self.norm(x, w[p + "input_layernorm.weight"], eps, kind)
    q = self.forth(h, w[p + "self_attn.q_proj.weight"], w, p + "self_attn.q_proj", shape, reals, i * 8).view([-1, H, E])
    k = self.forth(h, w[p + "self_attn.k_proj.weight"], w, p + "self_attn.k_proj", shape, reals, i * 8 + 1).view([-1, K, E])
    v = self.forth(h, w[p + "self_attn.v_proj.weight"], w, p + "self_attn.v_proj", shape, reals, i * 8 + 2).view([-1, K, E])
    a, logs = self.attend(self.placed(q, w, p + "self_attn.q_norm.weight", cos, sin, eps), self.placed(k, w, p + "self_attn.k_norm.weight", cos, sin, eps), torch.to(v, cos.dtype), bundles, masks)
    y = x + self.forth(torch.to(a, kind), w[p + "self_attn.o_proj.weight"], w, p + "self_attn.o_proj", shape, reals, i * 8 + 3)
    h = self.norm(y, w[p + "post_attention_layernorm.weight"], eps, kind)
    g = self.forth(h, w[p + "mlp.gate_proj.weight"], w, p + "mlp.gate_proj", shape, reals, i * 8 + 4)
    u = self.forth(h, w[p + "mlp.up_proj.weight"], w, p + "mlp.up_proj", shape, reals, i * 8 + 5)
    s = torch.mul_(torch.silu(g), u)
    for each in [x, q, k, v, a, logs, y, g, u]:
      torch.append(kept, each)
    return y + self.forth(s, w[p + "mlp.down_proj.weight"], w, p + "mlp.down_proj", shape, reals, i * 8 + 6)

  # The way back through one layer. dy is overwritten.
  def block_back(self: __torch__.Decoder, dy: Tensor, kept: List[Tensor], at: int, w: Dict[str, Tensor], sums: Dict[str, Tensor], i: int, cos: Tensor, sin: Tensor, bundles: Tensor, masks: List[Tensor], shape: Tensor, reals: Tensor) -> Tensor:
    p = "model.layers." + str(i) + "."
    H, K, E, kind = int(shape[1]), int(shape[2]), int(shape[3]), int(shape[4])
    eps = float(reals[0])
    x, q, k, v, a, logs, y, g, u = kept[at], kept[at + 1], kept[at + 2], kept[at + 3], kept[at + 4], kept[at + 5], kept[at + 6], kept[at + 7], kept[at + 8]
    silu = torch.silu(g)
    ds = self.back(torch.to(dy, kind), torch.mul(silu, u), w[p + "mlp.down_proj.weight"], w, sums, p + "mlp.down_proj", p + "mlp.down_proj.weight", shape, reals, i * 8 + 6)
    du = torch.mul_(silu, ds)
    dg = torch.silu_backward(torch.mul_(ds, u), g)
    h = self.norm(y, w[p + "post_attention_layernorm.weight"], eps, kind)
    dh = self.back(dg, h, w[p + "mlp.gate_proj.weight"], w, sums, p + "mlp.gate_proj", p + "mlp.gate_proj.weight", shape, reals, i * 8 + 4)
    torch.add_(dh, self.back(du, h, w[p + "mlp.up_proj.weight"], w, sums, p + "mlp.up_proj", p + "mlp.up_proj.weight", shape, reals, i * 8 + 5))
    d = torch.add_(dy, self.norm_back(dh, y, w[p + "post_attention_layernorm.weight"], sums, p + "post_attention_layernorm.weight", eps))
    da = self.back(torch.to(d, kind), torch.to(a, kind), w[p + "self_attn.o_proj.weight"], w, sums, p + "self_attn.o_proj", p + "self_attn.o_proj.weight", shape, reals, i * 8 + 3)
    dq, dk, dv = self.attend_back(torch.to(da, cos.dtype), self.placed(q, w, p + "self_attn.q_norm.weight", cos, sin, eps), self.placed(k, w, p + "self_attn.k_norm.weight", cos, sin, eps), torch.to(v, cos.dtype), a, logs, bundles, masks)
    dq = torch.reshape(self.placed_back(dq, q, w, sums, p + "self_attn.q_norm.weight", cos, sin, eps), [-1, H * E])
    dk = torch.reshape(self.placed_back(dk, k, w, sums, p + "self_attn.k_norm.weight", cos, sin, eps), [-1, K * E])
    dv = torch.reshape(dv, [-1, K * E])
    h = self.norm(x, w[p + "input_layernorm.weight"], eps, kind)
    dh = self.back(torch.to(dq, kind), h, w[p + "self_attn.q_proj.weight"], w, sums, p + "self_attn.q_proj", p + "self_attn.q_proj.weight", shape, reals, i * 8)
    torch.add_(dh, self.back(torch.to(dk, kind), h, w[p + "self_attn.k_proj.weight"], w, sums, p + "self_attn.k_proj", p + "self_attn.k_proj.weight", shape, reals, i * 8 + 1))
    torch.add_(dh, self.back(torch.to(dv, kind), h, w[p + "self_attn.v_proj.weight"], w, sums, p + "self_attn.v_proj", p + "self_attn.v_proj.weight", shape, reals, i * 8 + 2))
    return torch.add_(d, self.norm_back(dh, x, w[p + "input_layernorm.weight"], sums, p + "input_layernorm.weight", eps))

  # The norms, biases and angles in the residual stream's type, which they need where everything is float64.
  def widened(self: __torch__.Decoder, weights: Dict[str, Tensor], shape: Tensor) -> Dict[str, Tensor]:
    w = weights
    if int(shape[4]) == 7:
      w = self.cast(weights, shape)
    return w

  # The stream after the last layer [N, D]. mode: 0 keeps nothing, 1 what each layer's way back needs, 2 each layer's input.
  def trunk(self: __torch__.Decoder, ids: Tensor, positions: Tensor, bundles: Tensor, masks: List[Tensor], w: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, mode: int, kept: List[Tensor]) -> Tensor:
    kind = self.wide(shape)
    f = self.angles(positions, torch.to(inverse, kind))
    cos, sin = torch.cos(f), torch.sin(f)
    x = torch.to(torch.embedding(w["model.embed_tokens.weight"], ids), kind)
    for i in range(int(shape[0])):
      if mode == 1:
        x = self.block(x, w, i, cos, sin, bundles, masks, shape, reals, kept)
      else:
        if mode == 2:
          torch.append(kept, x)
        x = self.block(x, w, i, cos, sin, bundles, masks, shape, reals, annotate(List[Tensor], []))
    return x

  # The way back from the stream after the last layer to the embedding. What was kept begins at `at`. dx is overwritten.
  def trunk_back(self: __torch__.Decoder, dx: Tensor, ids: Tensor, positions: Tensor, segments: Tensor, bundles: Tensor, w: Dict[str, Tensor], sums: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, mode: int, kept: List[Tensor], at: int) -> Tensor:
    kind = self.wide(shape)
    masks = self.masks(segments, bundles, kind)
    f = self.angles(positions, torch.to(inverse, kind))
    cos, sin = torch.cos(f), torch.sin(f)
    layers = int(shape[0])
    d = dx
    for j in range(layers):
      i = layers - 1 - j
      if mode == 1:
        d = self.block_back(d, kept, at + i * 9, w, sums, i, cos, sin, bundles, masks, shape, reals)
      else:
        again = annotate(List[Tensor], [])
        self.block(kept[at + i], w, i, cos, sin, bundles, masks, shape, reals, again)
        d = self.block_back(d, again, 0, w, sums, i, cos, sin, bundles, masks, shape, reals)
    if torch.__contains__(sums, "model.embed_tokens.weight"):
      torch.index_add_(sums["model.embed_tokens.weight"], 0, ids, torch.to(d, sums["model.embed_tokens.weight"].dtype))
    return d

  # The output head's weight, which may be the embedding.
  def head_name(self: __torch__.Decoder, w: Dict[str, Tensor]) -> str:
    name = "lm_head.weight"
    if not torch.__contains__(w, name):
      name = "model.embed_tokens.weight"
    return name

  # Tokens whose logits are computed at once: few enough for the cache's and the memory's sake.
  def chunk(self: __torch__.Decoder, w: Dict[str, Tensor]) -> int:
    return ops.prim.max(64, 16777216 // w[self.head_name(w)].size(0) // 64 * 64)

  # Logits of some hidden states, in the residual stream's type.
  def scores(self: __torch__.Decoder, h: Tensor, w: Dict[str, Tensor], shape: Tensor, reals: Tensor) -> Tensor:
    return torch.to(self.forth(h, w[self.head_name(w)], w, "lm_head", shape, reals, int(shape[0]) * 8), self.wide(shape))

  # Logits [N, V] of every token of the stream: for comparing networks.
  def logits(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, bundles: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor) -> Tensor:
    w = self.widened(weights, shape)
    x = self.trunk(ids, positions, bundles, self.masks(segments, bundles, self.wide(shape)), w, inverse, shape, reals, 0, annotate(List[Tensor], []))
    return self.scores(self.norm(x, w["model.norm.weight"], float(reals[0]), int(shape[4])), w, shape, reals)

  # Log-probability of each target and the entropy of the distribution that it was drawn from, in nats; then, where a way back is wanted,
  # what it needs. `from_` are places in the stream of the hidden states that predict `targets`.
  # options: mode of the trunk; what the head keeps: 0 nothing, 1 the gradient of each log-probability with respect to its hidden state
  # (where the head is frozen, that is all), 2 the probabilities, 3 nothing, to compute them again.
  def log_probabilities(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, bundles: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, from_: Tensor, targets: Tensor, options: Tensor) -> List[Tensor]:
    w = self.widened(weights, shape)
    kept = annotate(List[Tensor], [])
    x = self.trunk(ids, positions, bundles, self.masks(segments, bundles, self.wide(shape)), w, inverse, shape, reals, int(options[0]), kept)
    own = torch.index_select(x, 0, from_)
    h = self.norm(own, w["model.norm.weight"], float(reals[0]), int(shape[4]))
    weight = w[self.head_name(w)]
    N = h.size(0)
    step = self.chunk(w)
    values = annotate(List[Tensor], [])
    entropies = annotate(List[Tensor], [])
    pulls = annotate(List[Tensor], [])
    probabilities = annotate(List[Tensor], [])
    start = 0
    while start < N:
      part = torch.slice(h, 0, start, start + step, 1)
      target = torch.unsqueeze(torch.slice(targets, 0, start, start + step, 1), 1)
      z = self.scores(part, w, shape, reals)
      log = torch.logsumexp(z, [1], True)
      torch.append(values, torch.squeeze(torch.gather(z, 1, target) - log, 1))
      if int(options[1]) > 0:
        p = torch.exp_(torch.sub(z, log))
        torch.append(entropies, torch.squeeze(log, 1) - torch.sum(torch.mul_(z, p), [1]))
        if int(options[1]) == 1:
          toward = torch.to(torch.embedding(weight, torch.squeeze(target, 1)), x.dtype)
          torch.append(pulls, toward - self.times_back(torch.to(p, int(shape[4])), torch.to(weight, int(shape[4])), shape))
        if int(options[1]) == 2:
          torch.append(probabilities, torch.to(p, int(shape[4])))
      start = start + step
    out = [torch.cat(values, 0)]
    if int(options[1]) > 0:
      torch.append(out, torch.cat(entropies, 0))
      torch.append(out, own)
      for each in kept:
        torch.append(out, each)
      if int(options[1]) == 1:
        torch.append(out, torch.cat(pulls, 0))
      for each in probabilities:
        torch.append(out, each)
    return out

  # Adds the gradient of sum(log-probabilities x coefficients) to the sums. `kept` is what log_probabilities returned.
  def log_probabilities_back(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, bundles: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, from_: Tensor, targets: Tensor, options: Tensor, coefficients: Tensor, kept: List[Tensor], sums: Dict[str, Tensor]) -> Tensor:
    w = self.widened(weights, shape)
    kind = int(shape[4])
    eps = float(reals[0])
    mode = int(options[0])
    own = kept[2]
    layers = int(shape[0])
    at = 3 + layers * 9
    if mode == 2:
      at = 3 + layers
    c = torch.unsqueeze(torch.to(coefficients, own.dtype), 1)
    if int(options[1]) == 1:
      dh = torch.mul(kept[at], c)
    else:
      h = self.norm(own, w["model.norm.weight"], eps, kind)
      name = self.head_name(w)
      parts = annotate(List[Tensor], [])
      step = self.chunk(w)
      start = 0
      while start < h.size(0):
        part = torch.slice(h, 0, start, start + step, 1)
        share = torch.slice(c, 0, start, start + step, 1)
        target = torch.unsqueeze(torch.slice(targets, 0, start, start + step, 1), 1)
        if int(options[1]) == 2:
          p = kept[at + start // step]
        else:
          z = self.scores(part, w, shape, reals)
          p = torch.to(torch.exp_(torch.sub(z, torch.logsumexp(z, [1], True))), kind)
        share = torch.to(share, kind)
        d = torch.scatter_add_(torch.mul_(p, torch.neg(share)), 1, target, share)
        torch.append(parts, torch.to(self.back(d, part, w[name], w, sums, "lm_head", name, shape, reals, layers * 8), own.dtype))
        start = start + step
      dh = torch.cat(parts, 0)
    d = self.norm_back(dh, own, w["model.norm.weight"], sums, "model.norm.weight", eps)
    dx = torch.index_add_(torch.zeros([ids.size(0), d.size(1)], dtype=d.dtype, device=d.device), 0, from_, d)
    return self.trunk_back(dx, ids, positions, segments, bundles, w, sums, inverse, shape, reals, mode, kept, 3)

  # Scalar reward of each continuation: the score head on the hidden states at `from_`, weighed by `shares` and summed by
  # `owner`. One place with share 1 pools at the last token, all places with equal shares pool by their mean.
  def rewards(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, bundles: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, from_: Tensor, shares: Tensor, owner: Tensor, options: Tensor) -> List[Tensor]:
    w = self.widened(weights, shape)
    kept = annotate(List[Tensor], [])
    x = self.trunk(ids, positions, bundles, self.masks(segments, bundles, self.wide(shape)), w, inverse, shape, reals, int(options[0]), kept)
    own = torch.index_select(x, 0, from_)
    h = self.norm(own, w["model.norm.weight"], float(reals[0]), x.dtype)
    scores = torch.reshape(torch.linear(h, w["score.weight"]), [-1]) * shares
    out = [torch.index_add(torch.zeros([int(options[2])], dtype=x.dtype, device=ids.device), 0, owner, torch.to(scores, x.dtype)), own]
    for each in kept:
      torch.append(out, each)
    return out

  # Adds the gradient of sum(rewards x coefficients) to the sums. `kept` is what rewards returned.
  def rewards_back(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, bundles: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, from_: Tensor, shares: Tensor, owner: Tensor, options: Tensor, coefficients: Tensor, kept: List[Tensor], sums: Dict[str, Tensor]) -> Tensor:
    w = self.widened(weights, shape)
    eps = float(reals[0])
    own = kept[1]
    c = torch.unsqueeze(torch.to(torch.index_select(coefficients, 0, owner) * shares, own.dtype), 1)
    if torch.__contains__(sums, "score.weight"):
      h = self.norm(own, w["model.norm.weight"], eps, own.dtype)
      torch.add_(sums["score.weight"], torch.mm(torch.t(c), h))
    d = self.norm_back(torch.mul(c, w["score.weight"]), own, w["model.norm.weight"], sums, "model.norm.weight", eps)
    dx = torch.index_add_(torch.zeros([ids.size(0), d.size(1)], dtype=d.dtype, device=d.device), 0, from_, d)
    return self.trunk_back(dx, ids, positions, segments, bundles, w, sums, inverse, shape, reals, int(options[0]), kept, 2)

  # The global norm of the summed gradients; those are shortened to `clip` where they are longer (0: never).
  def clip(self: __torch__.Decoder, sums: List[Tensor], clip: Tensor) -> Tensor:
    squares = torch.zeros([], dtype=7, device=sums[0].device)
    for g in sums:
      squares = squares + torch.sum(g * g, dtype=7)
    norm = torch.sqrt(squares)
    scale = float(clip[0]) / (float(norm) + 9.9999999999999995e-07)
    if float(clip[0]) > 0.0 and scale < 1.0:
      for g in sums:
        torch.mul_(g, scale)
    return norm

  # One AdamW step in place, and clears the sums. reals: rate, beta1, beta2, epsilon, weight decay, step from 1.
  # The lists go to the fused operation as they came: TorchScript drops a write through a list made here as dead code.
  def update(self: __torch__.Decoder, parameters: List[Tensor], sums: List[Tensor], first: List[Tensor], second: List[Tensor], reals: Tensor) -> Tensor:
    step = torch.full([], float(reals[5]), dtype=6, device=sums[0].device)
    steps = annotate(List[Tensor], [])
    for g in sums:
      torch.append(steps, step)
    torch._fused_adamw_(parameters, sums, first, second, annotate(List[Tensor], []), steps, lr=float(reals[0]), beta1=float(reals[1]), beta2=float(reals[2]), weight_decay=float(reals[4]), eps=float(reals[3]), amsgrad=False, maximize=False)
    for g in sums:
      torch.zero_(g)
    return step
