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

  # Log-probability of each continuation, summed over its tokens. `from_` are flat positions of the hidden states that
  # predict `targets`; `owner` says whose token it is; the result has `count` entries.
  def log_probabilities(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, from_: Tensor, targets: Tensor, owner: Tensor, count: Tensor) -> Tensor:
    w = self.cast(weights, shape)
    x = self.hidden(ids, positions, segments, w, inverse, shape, reals)
    h = torch.index_select(x.view([-1, x.size(2)]), 0, from_)
    l = self.head(h, w, shape)
    nll = torch.cross_entropy_loss(l, targets, None, 0, -100, 0.0)
    return torch.index_add(torch.zeros([int(count[0])], dtype=6, device=ids.device), 0, owner, -nll)

  # Scalar reward of each continuation: the score head on the hidden states at `from_`, weighed by `shares` and summed by
  # `owner`. One place with share 1 pools at the last token, all places with equal shares pool by their mean.
  def rewards(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, from_: Tensor, shares: Tensor, owner: Tensor, count: Tensor) -> Tensor:
    w = self.cast(weights, shape)
    x = self.hidden(ids, positions, segments, w, inverse, shape, reals)
    h = torch.index_select(x.view([-1, x.size(2)]), 0, from_)
    scores = torch.reshape(torch.linear(h, weights["score.weight"]), [-1]) * shares
    return torch.index_add(torch.zeros([int(count[0])], dtype=6, device=ids.device), 0, owner, scores)

  # Adds the gradient of sum(outputs * coefficients) with respect to each weight to `sums`.
  def accumulate(self: __torch__.Decoder, outputs: Tensor, coefficients: Tensor, parameters: List[Tensor], sums: List[Tensor]) -> Tensor:
    total = torch.sum(outputs * coefficients)
    gradients = torch.grad([total], parameters, None, None, False, True)
    for i in range(torch.len(parameters)):
      gradient = gradients[i]
      if torch.__isnot__(gradient, None):
        known = unchecked_cast(Tensor, gradient)
        torch.add_(sums[i], known)
    return torch.detach(total)

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

  # Next token of each row and the model's own log-probability of it (temperature 1, nothing cut off).
  # u is uniform in [0, 1): the token whose share of the cumulative distribution holds it is drawn.
  def draw(self: __torch__.Decoder, logits: Tensor, u: Tensor, temperature: float, topK: int, topP: float) -> Tuple[Tensor, Tensor]:
    V = logits.size(1)
    if temperature <= 0.0:
      token = torch.argmax(logits, -1)
    else:
      z = torch.div(logits, temperature)
      if topK > 0 and topK < V:
        best, places = torch.topk(z, topK)
        z = torch.masked_fill(z, torch.lt(z, torch.slice(best, 1, topK - 1, topK, 1)), -inf)
      p = torch.softmax(z, -1, 7)
      if topP < 1.0:
        ranked, order = torch.sort(p, -1, True)
        before = torch.sub(torch.cumsum(ranked, -1), ranked)
        ranked = torch.masked_fill(ranked, torch.ge(before, topP), 0.0)
        p = torch.scatter(torch.zeros_like(p), -1, order, ranked)
      c = torch.cumsum(p, -1)
      target = torch.unsqueeze(u, 1) * torch.slice(c, 1, V - 1, V, 1)
      token = torch.clamp(torch.sum(torch.le(c, target), [-1]), 0, V - 1)
    own = torch.log_softmax(logits, -1, 6)
    return (token, torch.squeeze(torch.gather(own, 1, torch.unsqueeze(token, 1)), 1))

  # Continues left-padded prompts with a key-value cache; rows that met a stop token leave the batch when half of it is done.
  # ids [B, T]; padding [B] counts of padding on the left; uniforms [B, N]; stops [any]; options: temperature, top-k, top-p.
  # Returns tokens [B, N] (-1 after the stop token) and log-probabilities [B, N] (0 there).
  def generate(self: __torch__.Decoder, ids: Tensor, padding: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, uniforms: Tensor, stops: Tensor, options: Tensor) -> List[Tensor]:
    w = self.cast(weights, shape)
    kind = int(shape[4])
    eps = float(reals[0])
    layers = int(shape[0])
    temperature = float(options[0])
    topK = int(options[1])
    topP = float(options[2])
    B, T = ids.size(0), ids.size(1)
    N = uniforms.size(1)
    S = T + N
    place = torch.arange(S, dtype=4, device=ids.device)
    f = self.angles(torch.clamp(torch.unsqueeze(place, 0) - torch.unsqueeze(padding, 1), 0, None), inverse)
    cos = torch.to(torch.cos(f), kind)
    sin = torch.to(torch.sin(f), kind)
    outside = torch.lt(torch.unsqueeze(place, 0), torch.unsqueeze(padding, 1))
    open = torch.masked_fill(torch.zeros([B, S], dtype=kind, device=ids.device), outside, -inf)
    open = open.view([B, 1, 1, S])
    causal = torch.triu(torch.ones([T, T], dtype=11, device=ids.device), 1)
    diagonal = torch.eye(T, dtype=11, device=ids.device)
    hide = torch.logical_or(causal, torch.unsqueeze(torch.slice(outside, 1, 0, T, 1), 1))
    hide = torch.logical_and(hide, torch.logical_not(diagonal))
    mask = torch.masked_fill(torch.zeros([B, 1, T, T], dtype=kind, device=ids.device), torch.unsqueeze(hide, 1), -inf)
    keys = annotate(List[Tensor], [])
    values = annotate(List[Tensor], [])
    for i in range(layers):
      torch.append(keys, torch.zeros([B, int(shape[2]), S, int(shape[3])], dtype=kind, device=ids.device))
      torch.append(values, torch.zeros([B, int(shape[2]), S, int(shape[3])], dtype=kind, device=ids.device))
    tokens = torch.full([B, N], -1, dtype=4, device=ids.device)
    scores = torch.zeros([B, N], dtype=6, device=ids.device)
    rows = torch.arange(B, dtype=4, device=ids.device)
    alive = torch.ones([B], dtype=11, device=ids.device)
    u = uniforms
    cur = ids
    start = 0
    j = 0
    living = B
    while j < N and living > 0:
      t = cur.size(1)
      end = start + t
      c = torch.slice(cos, 2, start, end, 1)
      s = torch.slice(sin, 2, start, end, 1)
      if j > 0:
        mask = torch.slice(open, 3, 0, end, 1)
      x = torch.to(torch.embedding(w["model.embed_tokens.weight"], cur), 6)
      for i in range(layers):
        x = self.layer(x, w, "model.layers." + str(i) + ".", c, s, mask, shape, eps, keys, values, i, start)
      x = torch.rms_norm(torch.select(x, 1, t - 1), [x.size(2)], w["model.norm.weight"], eps)
      token, score = self.draw(self.head(x, w, shape), torch.select(u, 1, j), temperature, topK, topP)
      torch.index_copy_(torch.select(tokens, 1, j), 0, rows, torch.masked_fill(token, torch.logical_not(alive), -1))
      torch.index_copy_(torch.select(scores, 1, j), 0, rows, torch.masked_fill(score, torch.logical_not(alive), 0.0))
      stopped = torch.any(torch.eq(torch.unsqueeze(token, 1), stops), 1)
      alive = torch.logical_and(alive, torch.logical_not(stopped))
      living = int(torch.sum(alive))
      cur = torch.unsqueeze(token, 1)
      if living > 0 and living * 2 <= rows.size(0):
        stay = torch.squeeze(torch.nonzero(alive), 1)
        rows = torch.index_select(rows, 0, stay)
        alive = torch.index_select(alive, 0, stay)
        cur = torch.index_select(cur, 0, stay)
        u = torch.index_select(u, 0, stay)
        cos = torch.index_select(cos, 0, stay)
        sin = torch.index_select(sin, 0, stay)
        open = torch.index_select(open, 0, stay)
        for i in range(layers):
          keys[i] = torch.index_select(keys[i], 0, stay)
          values[i] = torch.index_select(values[i], 0, stay)
      start = end
      j = j + 1
    return [torch.slice(tokens, 1, 0, j, 1), torch.slice(scores, 1, 0, j, 1)]
