# What generation needs of the decoder: drawing tokens, and continuing prompts with a key-value cache.
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
