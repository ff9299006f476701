# Generation as a TorchScript program: a decoder's weights laid out once, drawing tokens, and continuing prompts with a key-value cache.
# Letters: B rows, T tokens of a row, R = B x T rows of a product, S cached tokens, H query heads, K key-value heads, E width of a head, D width,
# V vocabulary. `plan` holds whole numbers: layers, H, K, E, the weights' type (0 float32, 1 bfloat16, 2 int8, 3 int4).
# Embeddings are bfloat16 where weights are not float32; norms, residual stream, rotations and attention are float32 always.
class Generation(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # A weight with what the active adapter adds to it.
  def whole(self: __torch__.Generation, w: Dict[str, Tensor], module: str) -> Tensor:
    weight = torch.to(w[module + ".weight"], 6)
    a = module + ".lora_A.weight"
    if torch.__contains__(w, a):
      change = torch.mm(w[module + ".lora_B.weight"], w[a])
      weight = torch.add(weight, torch.mul(change, w[module + ".lora_scale"]))
    return weight

  # Rows of a projection to heads, so that the two halves of a head that rotate together lie side by side.
  def paired(self: __torch__.Generation, weight: Tensor, E: int) -> Tensor:
    apart = torch.reshape(weight, [-1, 2, E // 2, torch.numel(weight) // weight.size(0)])
    return torch.reshape(torch.transpose(apart, 1, 2), weight.size())

  # A matrix [N, D] in the weights' type, and its scales: none, [N] for int8, [D / 32, N, 2] (step, middle) for int4.
  def stored(self: __torch__.Generation, weight: Tensor, kind: int) -> List[Tensor]:
    N, D = weight.size(0), weight.size(1)
    none = torch.empty([0], dtype=6, device=weight.device)
    if kind == 0:
      out = [weight, none]
    elif kind == 1:
      out = [torch.to(weight, 15), none]
    elif kind == 2:
      scale = torch.to(torch.clamp_min(torch.div(torch.amax(torch.abs(weight), [1], True), 127.0), 9.9999999999999995e-21), 15)
      codes = torch.clamp(torch.round(torch.div(weight, torch.to(scale, 6))), -127, 127)
      out = [torch.to(codes, 1), torch.reshape(scale, [N])]
    else:
      groups = weight.view([N, D // 32, 32])
      low = torch.amin(groups, [2], True)
      step = torch.div(torch.sub(torch.amax(groups, [2], True), low), 15.0)
      step = torch.to(torch.clamp_min(step, 9.9999999999999995e-21), 15)
      middle = torch.to(torch.add(low, torch.mul(torch.to(step, 6), 8.0)), 15)
      codes = torch.round(torch.div(torch.sub(groups, torch.to(middle, 6)), torch.to(step, 6)))
      codes = torch.to(torch.add(torch.clamp(codes, -8, 7), 8), 3)
      scales = torch.contiguous(torch.transpose(torch.cat([step, middle], 2), 0, 1))
      out = [torch._convert_weight_to_int4pack_for_cpu(torch.reshape(codes, [N, D]), 1), scales]
    return out

  # Thirteen tensors a layer (empty where a family has none), then the embeddings, the final norm and the head.
  def prepare(self: __torch__.Generation, w: Dict[str, Tensor], plan: Tensor) -> List[Tensor]:
    E = int(plan[3])
    kind = int(plan[4])
    embeddings = torch.to(w["model.embed_tokens.weight"], 6)
    none = torch.empty([0], dtype=6, device=embeddings.device)
    out = annotate(List[Tensor], [])
    for i in range(int(plan[0])):
      p = "model.layers." + str(i) + "."
      a = p + "self_attn."
      q = self.paired(self.whole(w, a + "q_proj"), E)
      k = self.paired(self.whole(w, a + "k_proj"), E)
      qkv = self.stored(torch.cat([q, k, self.whole(w, a + "v_proj")], 0), kind)
      bias = none
      if torch.__contains__(w, a + "q_proj.bias"):
        bias = torch.cat([self.paired(torch.to(w[a + "q_proj.bias"], 6), E), self.paired(torch.to(w[a + "k_proj.bias"], 6), E), torch.to(w[a + "v_proj.bias"], 6)], 0)
      q_norm = none
      k_norm = none
      if torch.__contains__(w, a + "q_norm.weight"):
        q_norm = self.paired(torch.to(w[a + "q_norm.weight"], 6), E)
        k_norm = self.paired(torch.to(w[a + "k_norm.weight"], 6), E)
      o = self.stored(self.whole(w, a + "o_proj"), kind)
      gated = self.stored(torch.cat([self.whole(w, p + "mlp.gate_proj"), self.whole(w, p + "mlp.up_proj")], 0), kind)
      down = self.stored(self.whole(w, p + "mlp.down_proj"), kind)
      before = torch.to(w[p + "input_layernorm.weight"], 6)
      after = torch.to(w[p + "post_attention_layernorm.weight"], 6)
      out = torch.add(out, [before, qkv[0], qkv[1], bias, q_norm, k_norm, o[0], o[1], after, gated[0], gated[1], down[0], down[1]])
    # Four bits are too few for the head: its rows are tokens, and close ones must stay apart.
    coarse = kind
    if coarse == 3:
      coarse = 2
    name = "lm_head"
    if not torch.__contains__(w, "lm_head.weight"):
      name = "model.embed_tokens"
    rows = self.whole(w, name)
    lacking = (16 - rows.size(0) % 16) % 16
    if coarse == 2 and lacking > 0:
      rows = torch.cat([rows, torch.zeros([lacking, rows.size(1)], dtype=6, device=rows.device)], 0)
    head = self.stored(rows, coarse)
    if kind != 0:
      embeddings = torch.to(embeddings, 15)
    return torch.add(out, [embeddings, torch.to(w["model.norm.weight"], 6), head[0], head[1]])

  # x [R, D] times a stored matrix. One row reads every weight once, so the product that reads fastest wins; where there are many, int8 goes
  # through bfloat16, whose codes are exact.
  def product(self: __torch__.Generation, x: Tensor, w: Tensor, scale: Tensor, kind: int, fast: bool) -> Tensor:
    if kind == 0:
      if fast:
        y = ops.mkldnn._linear_pointwise(x, w, None, "none", annotate(List[Optional[number]], []), "")
      else:
        y = torch.linear(x, w)
    elif kind == 1:
      if fast and x.size(0) == 1:
        y = ops.mkldnn._linear_pointwise(x, w, None, "none", annotate(List[Optional[number]], []), "")
      else:
        y = torch.linear(x, w)
    elif kind == 2:
      if x.size(0) <= 64:
        y = torch._weight_int8pack_mm(x, w, scale)
      else:
        y = torch.mul(torch.linear(x, torch.to(w, 15)), scale)
    else:
      y = torch._weight_int4pack_mm_for_cpu(x, w, 32, scale)
    return y

  # Root-mean-square norm of x [R, D], as the next product's input. One row needs half as many operations.
  def normed(self: __torch__.Generation, x: Tensor, weight: Tensor, zeros: Tensor, eps: float, kind: int, near: bool) -> Tensor:
    D = x.size(1)
    if near and x.size(0) == 1:
      flat = x.view([-1])
      scale = torch.div(1.0, torch.sqrt(torch.add(torch.div(float(torch.dot(flat, flat)), D), eps)))
      h = torch.addcmul(zeros, x, weight, value=scale)
    else:
      h = torch.rms_norm(x, [D], weight, eps)
    if kind != 0:
      h = torch.to(h, 15)
    return h

  # The angles' turns as complex numbers, [B or 1, S, 1, E / 2], for rows whose first `padding` places are padding.
  def turns(self: __torch__.Generation, place: Tensor, padding: Tensor, inverse: Tensor) -> Tensor:
    at = torch.clamp(torch.sub(torch.unsqueeze(place, 0), torch.unsqueeze(padding, 1)), 0, None)
    f = torch.mul(torch.unsqueeze(torch.to(at, 6), -1), inverse)
    return torch.unsqueeze(torch.polar(torch.ones_like(f), f), 2)

  # One layer over x [B * T, D], changed in place. `w` begins at `at`; turns [B or 1, T, 1, E / 2]. The first call (start 0) attends to what it
  # brings, the later ones (T 1) to the cache, whose padding `mask` [B, 1, 1, S] leaves out.
  def grown(self: __torch__.Generation, x: Tensor, B: int, T: int, w: List[Tensor], at: int, turns: Tensor, mask: Optional[Tensor], zeros: Tensor, plan: List[int], eps: float, keys: Tensor, values: Tensor, start: int) -> Tensor:
    H, K, E, kind = plan[1], plan[2], plan[3], plan[4]
    fast = plan[5] == 1
    near = plan[6] == 1
    h = self.normed(x, w[at], zeros, eps, kind, near)
    qkv = self.product(h, w[at + 1], w[at + 2], kind, fast)
    if kind != 0:
      qkv = torch.to(qkv, 6)
    if torch.numel(w[at + 3]) > 0:
      qkv = torch.add(qkv, w[at + 3])
    qk = torch.slice(qkv, 1, 0, (H + K) * E, 1)
    if torch.numel(w[at + 4]) > 0:
      apart = qk.view([B * T, H + K, E])
      q = torch.rms_norm(torch.slice(apart, 1, 0, H, 1), [E], w[at + 4], eps)
      k = torch.rms_norm(torch.slice(apart, 1, H, H + K, 1), [E], w[at + 5], eps)
      qk = torch.cat([q, k], 1)
    pairs = torch.view_as_complex(qk.view([B, T, H + K, E // 2, 2]))
    turned = torch.view_as_real(torch.mul(pairs, turns)).view([B, T, H + K, E])
    q = torch.slice(turned, 2, 0, H, 1)
    k = torch.transpose(torch.slice(turned, 2, H, H + K, 1), 1, 2)
    v = torch.transpose(torch.slice(qkv, 1, (H + K) * E, (H + 2 * K) * E, 1).view([B, T, K, E]), 1, 2)
    end = start + T
    torch.copy_(torch.slice(keys, 2, start, end, 1), k)
    torch.copy_(torch.slice(values, 2, start, end, 1), v)
    if start == 0:
      q = torch.transpose(q, 1, 2)
      a = torch.scaled_dot_product_attention(q, self.spread(k, H), self.spread(v, H), mask, 0.0, torch.__is__(mask, None), scale=None, enable_gqa=False)
      a = torch.reshape(torch.transpose(a, 1, 2), [B * T, H * E])
    else:
      # The query heads of one key-value head are as many queries to the same keys: nothing is expanded.
      q = q.reshape([B, K, H // K, E])
      k = torch.slice(keys, 2, 0, end, 1)
      v = torch.slice(values, 2, 0, end, 1)
      if B == 1:
        a = torch.scaled_dot_product_attention(q, k, v, mask, 0.0, False, scale=None, enable_gqa=False)
      else:
        s = torch.div(torch.matmul(q, torch.transpose(k, 2, 3)), torch.sqrt(E))
        if torch.__isnot__(mask, None):
          known = unchecked_cast(Tensor, mask)
          s = torch.add(s, known)
        a = torch.matmul(torch.softmax(s, -1), v)
      a = torch.reshape(a, [B, H * E])
    if kind != 0:
      a = torch.to(a, 15)
    x = torch.add_(x, self.product(a, w[at + 6], w[at + 7], kind, fast))
    h = self.normed(x, w[at + 8], zeros, eps, kind, near)
    gate, up = torch.chunk(self.product(h, w[at + 9], w[at + 10], kind, fast), 2, 1)
    h = torch.mul(torch.silu(gate), up)
    return torch.add_(x, self.product(h, w[at + 11], w[at + 12], kind, fast))

  def spread(self: __torch__.Generation, x: Tensor, heads: int) -> Tensor:
    B, K, S, E = x.size(0), x.size(1), x.size(2), x.size(3)
    y = x
    if K != heads:
      y = torch.reshape(torch.expand(torch.unsqueeze(x, 2), [B, K, heads // K, S, E]), [B, heads, S, E])
    return y

  # Logits [R, V] of the last layer's output x [R, D]. A quantised head was filled up to whole registers' rows.
  def predicted(self: __torch__.Generation, x: Tensor, w: List[Tensor], zeros: Tensor, plan: List[int], eps: float) -> Tensor:
    tail = 13 * plan[0]
    kind = plan[4]
    if kind == 3:
      kind = 2
    h = self.normed(x, w[tail + 1], zeros, eps, kind, plan[6] == 1)
    logits = torch.to(self.product(h, w[tail + 2], w[tail + 3], kind, plan[5] == 1), 6)
    V = w[tail].size(0)
    if logits.size(1) != V:
      logits = torch.slice(logits, 1, 0, V, 1)
    return logits

  # Logits [B, V] with the tokens that were seen (counts [B, V], or empty for no penalty) made less likely: Keskar et al., 2019, as transformers has it.
  def penalised(self: __torch__.Generation, logits: Tensor, counts: Tensor, penalty: float) -> Tensor:
    z = logits
    if torch.numel(counts) > 0:
      less = torch.where(torch.lt(z, 0), torch.mul(z, penalty), torch.div(z, penalty))
      z = torch.where(torch.gt(counts, 0), less, z)
    return z

  # Probabilities [B, V] that a token is drawn by. options: temperature above 0, top-k, top-p, min-p, repetition penalty; they apply in the order penalty,
  # temperature, top-k, top-p, min-p, each to what the one before left.
  def distribution(self: __torch__.Generation, logits: Tensor, counts: Tensor, options: List[float]) -> Tensor:
    V = logits.size(1)
    z = torch.div(self.penalised(logits, counts, options[4]), options[0])
    k = int(options[1])
    if k > 0 and k < V:
      best, places = torch.topk(z, k)
      z = torch.masked_fill(z, torch.lt(z, torch.slice(best, 1, k - 1, k, 1)), -inf)
    p = torch.softmax(z, -1, 7)
    cut = False
    if options[2] < 1.0:
      cut = True
      # Few tokens nearly always hold the share: ranking all of a large vocabulary is the exception.
      some = 256
      if some > V:
        some = V
      ranked, order = torch.topk(p, some)
      if bool(torch.any(torch.lt(torch.sum(ranked, [1]), options[2]))):
        ranked, order = torch.sort(p, -1, True)
      before = torch.sub(torch.cumsum(ranked, -1), ranked)
      ranked = torch.masked_fill(ranked, torch.ge(before, options[2]), 0.0)
      p = torch.scatter(torch.zeros_like(p), -1, order, ranked)
    if options[3] > 0.0:
      cut = True
      p = torch.masked_fill(p, torch.lt(p, torch.mul(torch.amax(p, [1], True), options[3])), 0.0)
    if cut:
      p = torch.div(p, torch.sum(p, [1], True))
    return p

  def probabilities(self: __torch__.Generation, logits: Tensor, counts: Tensor, options: Tensor) -> Tensor:
    return self.distribution(logits, counts, self.reals(options))

  def reals(self: __torch__.Generation, x: Tensor) -> List[float]:
    out = annotate(List[float], [])
    for i in range(torch.numel(x)):
      torch.append(out, float(x[i]))
    return out

  # The plan with what the machine adds to it: whether oneDNN multiplies such weights faster (1) or at all slower (0), and whether this is a CPU.
  def facts(self: __torch__.Generation, plan: Tensor) -> List[int]:
    out = annotate(List[int], [])
    for i in range(torch.numel(plan)):
      torch.append(out, int(plan[i]))
    fast = 0
    near = 0
    if not ops.prim.is_cuda(plan):
      near = 1
      if out[4] == 0 or ops.mkldnn._is_mkldnn_bf16_supported():
        fast = 1
    return torch.add(out, [fast, near])

  # Next token of each row and the model's own log-probability of it (temperature 1, nothing cut off, no penalty).
  # u is uniform in [0, 1): the token whose share of the cumulative distribution holds it is drawn.
  def draw(self: __torch__.Generation, logits: Tensor, counts: Tensor, u: Tensor, options: List[float]) -> Tuple[Tensor, Tensor]:
    V = logits.size(1)
    if options[0] <= 0.0:
      token = torch.argmax(self.penalised(logits, counts, options[4]), -1)
    else:
      c = torch.cumsum(self.distribution(logits, counts, options), -1)
      target = torch.unsqueeze(u, 1) * torch.slice(c, 1, V - 1, V, 1)
      token = torch.clamp(torch.sum(torch.le(c, target), [-1]), 0, V - 1)
    own = torch.squeeze(torch.gather(logits, 1, torch.unsqueeze(token, 1)), 1)
    return (token, torch.sub(own, torch.logsumexp(logits, [-1])))

  # Continues left-padded prompts with a key-value cache; rows that met a stop token leave the batch when half of it is done.
  # ids [B, T]; padding [B] counts of padding on the left; w as `prepare` gave it; uniforms [B, N]; stops [any]; options: see `distribution`.
  # Returns tokens [B, N] (-1 after the stop token) and log-probabilities [B, N] (0 there).
  def generate(self: __torch__.Generation, ids: Tensor, padding: Tensor, w: List[Tensor], inverse: Tensor, plan_: Tensor, eps_: Tensor, uniforms: Tensor, stops: Tensor, options_: Tensor) -> List[Tensor]:
    plan = self.facts(plan_)
    options = self.reals(options_)
    eps = float(eps_[0])
    layers = plan[0]
    embeddings = w[13 * layers]
    D = embeddings.size(1)
    B, T = ids.size(0), ids.size(1)
    N = uniforms.size(1)
    S = T + N
    place = torch.arange(S, dtype=4, device=ids.device)
    outside = torch.lt(torch.unsqueeze(place, 0), torch.unsqueeze(padding, 1))
    padded = bool(torch.any(torch.gt(padding, 0)))
    open = torch.masked_fill(torch.zeros([B, S], dtype=6, device=ids.device), outside, -inf)
    open = open.view([B, 1, 1, S])
    mask = annotate(Optional[Tensor], None)
    if padded:
      turns = self.turns(place, padding, inverse)
      causal = torch.triu(torch.ones([T, T], dtype=11, device=ids.device), 1)
      diagonal = torch.eye(T, dtype=11, device=ids.device)
      hide = torch.logical_or(causal, torch.unsqueeze(torch.slice(outside, 1, 0, T, 1), 1))
      hide = torch.logical_and(hide, torch.logical_not(diagonal))
      mask = torch.masked_fill(torch.zeros([B, 1, T, T], dtype=6, device=ids.device), torch.unsqueeze(hide, 1), -inf)
    else:
      turns = self.turns(place, torch.slice(padding, 0, 0, 1, 1), inverse)
    counts = torch.empty([0], dtype=6, device=ids.device)
    if options[4] != 1.0:
      counts = torch.zeros([B, embeddings.size(0)], dtype=6, device=ids.device)
      inside = torch.to(torch.logical_not(torch.slice(outside, 1, 0, T, 1)), 6)
      counts = torch.scatter_add(counts, 1, ids, inside)
    zeros = torch.zeros([1, D], dtype=6, device=ids.device)
    keys = annotate(List[Tensor], [])
    values = annotate(List[Tensor], [])
    for i in range(layers):
      torch.append(keys, torch.empty([B, plan[2], S, plan[3]], dtype=6, device=ids.device))
      torch.append(values, torch.empty([B, plan[2], S, plan[3]], dtype=6, device=ids.device))
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
      R, t = cur.size(0), cur.size(1)
      end = start + t
      now = torch.slice(turns, 1, start, end, 1)
      if padded and j > 0:
        mask = torch.slice(open, 3, 0, end, 1)
      elif j > 0:
        mask = None
      x = torch.to(torch.embedding(embeddings, cur), 6).view([R * t, D])
      for i in range(layers):
        x = self.grown(x, R, t, w, 13 * i, now, mask, zeros, plan, eps, keys[i], values[i], start)
      if t > 1:
        x = torch.contiguous(torch.select(x.view([R, t, D]), 1, t - 1))
      token, score = self.draw(self.predicted(x, w, zeros, plan, eps), counts, torch.select(u, 1, j), options)
      done = torch.logical_not(alive)
      torch.index_copy_(torch.select(tokens, 1, j), 0, rows, torch.masked_fill(token, done, -1))
      torch.index_copy_(torch.select(scores, 1, j), 0, rows, torch.masked_fill(score, done, 0.0))
      stopped = torch.any(torch.eq(torch.unsqueeze(token, 1), stops), 1)
      alive = torch.logical_and(alive, torch.logical_not(stopped))
      living = int(torch.sum(alive))
      cur = torch.unsqueeze(token, 1)
      if torch.numel(counts) > 0:
        counts = torch.scatter_add(counts, 1, cur, torch.ones([R, 1], dtype=6, device=ids.device))
      if living > 0 and living * 2 <= R:
        stay = torch.squeeze(torch.nonzero(alive), 1)
        rows = torch.index_select(rows, 0, stay)
        alive = torch.index_select(alive, 0, stay)
        cur = torch.index_select(cur, 0, stay)
        u = torch.index_select(u, 0, stay)
        if torch.numel(counts) > 0:
          counts = torch.index_select(counts, 0, stay)
        if padded:
          turns = torch.index_select(turns, 0, stay)
          open = torch.index_select(open, 0, stay)
        for i in range(layers):
          keys[i] = torch.index_select(keys[i], 0, stay)
          values[i] = torch.index_select(values[i], 0, stay)
      start = end
      j = j + 1
    return [torch.slice(tokens, 1, 0, j, 1), torch.slice(scores, 1, 0, j, 1)]
