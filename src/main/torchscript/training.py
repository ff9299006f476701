# What training needs of the decoder: values of continuations, their gradients and the optimiser's step.
# The way back is written out instead of recorded. So a product may use any library, gradients add straight into their sums, what a
# layer keeps is chosen (its products' results; what is cheap is computed again), and frozen weights cost nothing.
# Tokens lie in one stream of N; `bundles` [n, 3] cuts it into rectangles for attention: rows, width, and 1 where each row is one plain
# sequence. `sums` holds the gradient of each trained weight under its name. reals: epsilon of the norms, dropout, its seed.

  # Whether a matrix lies in one piece, row by row or column by column: from any other, oneDNN multiplies a thousand times slower.
  def dense(self: __torch__.Decoder, x: Tensor) -> bool:
    return torch.is_contiguous(x) or torch.is_contiguous(torch.t(x))

  # A matrix that lies column by column, row by row: oneDNN's copy turns it on every thread, PyTorch's on one. Small ones are not worth the call.
  def rowwise(self: __torch__.Decoder, x: Tensor) -> Tensor:
    y = x
    if not torch.is_contiguous(x) and torch.numel(x) > 131072:
      y = torch.to_dense(torch.transpose(torch.to_mkldnn(torch.t(x)), 0, 1))
    return y

  # y = x W^T; x [N, in], weight [out, in]. Small products stay with PyTorch's own choice: oneDNN compiles a kernel for each new shape.
  def times(self: __torch__.Decoder, x: Tensor, weight: Tensor, shape: Tensor) -> Tensor:
    if x.dtype == 6 and torch.numel(x) * weight.size(0) > 2097152 and not x.is_cuda and int(shape[5]) == 1 and self.dense(x) and self.dense(weight):
      y = ops.mkldnn._linear_pointwise(self.rowwise(x), weight, None, "none", annotate(List[Optional[number]], []), "")
    else:
      y = torch.linear(x, weight)
    return y

  # dx = dy W; dy [N, out], weight [out, in].
  def times_back(self: __torch__.Decoder, dy: Tensor, weight: Tensor, shape: Tensor) -> Tensor:
    return self.times(dy, torch.t(weight), shape)

  # sum += dy^T x; dy [N, out], x [N, in], sum [out, in].
  def outer(self: __torch__.Decoder, sum: Tensor, dy: Tensor, x: Tensor, shape: Tensor) -> Tensor:
    return torch.add_(sum, self.times(torch.t(dy), torch.t(x), shape))

  # The same where x is the much smaller one, which alone is turned then.
  def outer_narrow(self: __torch__.Decoder, sum: Tensor, dy: Tensor, x: Tensor, shape: Tensor) -> Tensor:
    if x.dtype == 6 and int(shape[5]) == 1:
      torch.add_(sum, torch.t(self.times(torch.t(x), torch.t(dy), shape)))
    else:
      self.outer(sum, dy, x, shape)
    return sum

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
    return torch.rsqrt_(torch.add_(torch.div_(torch.mul_(length, length), x.size(-1)), eps))

  def norm(self: __torch__.Decoder, x: Tensor, weight: Tensor, eps: float, kind: int) -> Tensor:
    return torch.to(torch.mul_(torch.mul(x, self.inverse_root(x, eps)), weight), kind)

  # The way back through a norm, of which `unit` = x r with r the inverse root: dx, and the gradient of its weight into its sum.
  def norm_back(self: __torch__.Decoder, dy: Tensor, unit: Tensor, r: Tensor, weight: Tensor, sums: Dict[str, Tensor], name: str) -> Tensor:
    wide = torch.to(dy, unit.dtype)
    both = torch.mul(wide, unit)
    if torch.__contains__(sums, name):
      torch.add_(sums[name], torch.sum(both.view([-1, unit.size(-1)]), [0]))
    share = torch.div(torch.unsqueeze(torch.matmul(both, weight), -1), unit.size(-1))
    return torch.mul_(torch.addcmul_(torch.mul(wide, weight), unit, share, value=-1), r)

  # Rotary positions; cos, sin [N, 1, E]. The way back is the same with -sin.
  def turn(self: __torch__.Decoder, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    E = x.size(-1)
    half = E // 2
    y = torch.mul(x, cos)
    s = torch.slice(sin, 2, 0, half, 1)
    torch.addcmul_(torch.slice(y, 2, 0, half, 1), torch.slice(x, 2, half, E, 1), s, value=-1)
    torch.addcmul_(torch.slice(y, 2, half, E, 1), torch.slice(x, 2, 0, half, 1), s)
    return y

  # The mask of each bundle [rows or 1, T, T], 0 or -inf. A token sees the tokens before it whose segment is 0 (the shared prompt) or its
  # own (one of several continuations of that prompt); segment -1 is padding.
  def masks(self: __torch__.Decoder, segments: Tensor, bundles: Tensor, kind: int) -> List[Tensor]:
    out = annotate(List[Tensor], [])
    start = 0
    for i in range(bundles.size(0)):
      rows = int(bundles[i][0])
      T = int(bundles[i][1])
      seen = torch.unsqueeze(torch.tril(torch.ones([T, T], dtype=11, device=segments.device), 0), 0)
      if int(bundles[i][2]) == 0:
        s = torch.slice(segments, 0, start, start + rows * T, 1).view([rows, T])
        row = torch.unsqueeze(s, 2)
        column = torch.unsqueeze(s, 1)
        seen = torch.logical_and(torch.logical_or(torch.eq(column, row), torch.eq(column, 0)), seen)
      mask = torch.zeros([seen.size(0), T, T], dtype=kind, device=segments.device)
      torch.append(out, torch.masked_fill_(mask, torch.logical_not(seen), -inf))
      start = start + rows * T
    return out

  # A bundle of the stream as [rows, K, T * G, E]: the G heads of a query that share keys and values lie beside each other.
  def bundle(self: __torch__.Decoder, x: Tensor, start: int, rows: int, T: int, K: int) -> Tensor:
    G, E = x.size(1) // K, x.size(2)
    y = torch.slice(x, 0, start, start + rows * T, 1).view([rows, T, K, G, E])
    return torch.contiguous(torch.reshape(torch.permute(y, [0, 2, 1, 3, 4]), [rows, K, T * G, E]))

  def unbundle(self: __torch__.Decoder, x: Tensor, T: int) -> Tensor:
    rows, K, G, E = x.size(0), x.size(1), x.size(2) // T, x.size(3)
    return torch.reshape(torch.permute(x.view([rows, K, T, G, E]), [0, 2, 1, 3, 4]), [rows * T, K * G, E])

  # a b^T, of matrices or of stacks of them.
  def against(self: __torch__.Decoder, a: Tensor, b: Tensor, shape: Tensor) -> Tensor:
    if torch.dim(a) == 2:
      y = self.times(a, b, shape)
    else:
      y = torch.matmul(a, torch.transpose(b, -2, -1))
    return y

  # The scaled and masked score of each key for each query; q [..., T * G, E], k [..., S, E], mask [..., T, S].
  def scaled(self: __torch__.Decoder, q: Tensor, k: Tensor, mask: Tensor, shape: Tensor) -> Tensor:
    z = self.against(q, k, shape)
    T, S = mask.size(-2), mask.size(-1)
    scale = 1.0 / torch.sqrt(float(q.size(-1)))
    if torch.dim(z) == 2:
      z = torch.add(torch.unsqueeze(mask, 1), z.view([T, -1, S]), alpha=scale).view([-1, S])
    else:
      y = torch.add(torch.unsqueeze(torch.unsqueeze(mask, 1), 3), z.view([z.size(0), z.size(1), T, -1, S]), alpha=scale)
      z = y.view([z.size(0), z.size(1), -1, S])
    return z

  # Whether each group of heads is a product of its own: long ones are worth a call of the faster library, and stay in the cache.
  def grouped(self: __torch__.Decoder, q: Tensor, T: int, K: int, shape: Tensor) -> bool:
    return not q.is_cuda and q.dtype == 6 and T * T * (q.size(1) // K) * q.size(2) > 8388608

  # Blocks of queries that a long row is cut into: the keys after a block are not looked at.
  def blocks(self: __torch__.Decoder, T: int) -> int:
    return ops.prim.max(1, ops.prim.min(8, T // 128))

  # A stack of matrices [..., R, C] as a list of them.
  def each(self: __torch__.Decoder, x: Tensor) -> List[Tensor]:
    return torch.unbind(x.view([-1, x.size(-2), x.size(-1)]), 0)

  # How many probabilities the groups of heads of a bundle give.
  def chances(self: __torch__.Decoder, rows: int, T: int, H: int) -> int:
    n = 0
    cuts = self.blocks(T)
    for c in range(cuts):
      a, e = T * c // cuts, T * (c + 1) // cuts
      n = n + (e - a) * e
    return n * rows * H

  # q [N, H, E], k and v [N, K, E]: float32 or float64; products with probabilities run in the compute type. Returns [N, H * E]. Where they
  # are to be kept for the way back, each bundle's probabilities go to `kept`.
  def attend(self: __torch__.Decoder, q: Tensor, k: Tensor, v: Tensor, bundles: Tensor, masks: List[Tensor], shape: Tensor, keep: bool, kept: List[Tensor]) -> Tensor:
    H, K, kind = q.size(1), k.size(1), int(shape[4])
    outs = annotate(List[Tensor], [])
    start = 0
    for i in range(bundles.size(0)):
      rows = int(bundles[i][0])
      T = int(bundles[i][1])
      qi = self.bundle(q, start, rows, T, K)
      ki = self.bundle(k, start, rows, T, K)
      vi = torch.to(self.bundle(v, start, rows, T, K), kind)
      if self.grouped(q, T, K, shape):
        G = qi.size(2) // T
        out = torch.empty_like(qi)
        qs, ks, vs, os = self.each(qi), self.each(ki), self.each(vi), self.each(out)
        flat = torch.empty([0], dtype=q.dtype, device=q.device)
        if keep:
          flat = torch.empty([self.chances(rows, T, H)], dtype=q.dtype, device=q.device)
        at = 0
        cuts = self.blocks(T)
        for c in range(cuts):
          a, e = T * c // cuts, T * (c + 1) // cuts
          seen = torch.unbind(torch.slice(torch.slice(masks[i], 1, a, e, 1), 2, 0, e, 1), 0)
          size = (e - a) * G * e
          for s in range(torch.len(qs)):
            z = self.scaled(torch.slice(qs[s], 0, a * G, e * G, 1), torch.slice(ks[s], 0, 0, e, 1), seen[s // K % torch.len(seen)], shape)
            if keep:
              p = torch.slice(flat, 0, at, at + size, 1).view([-1, e])
              torch._softmax(z, -1, False, out=p)
              at = at + size
            else:
              p = torch.softmax(z, -1)
            torch.copy_(torch.slice(os[s], 0, a * G, e * G, 1), self.times(torch.to(p, kind), torch.t(torch.slice(vs[s], 0, 0, e, 1)), shape))
        if keep:
          torch.append(kept, flat)
      else:
        p = torch.softmax(self.scaled(qi, ki, masks[i], shape), -1)
        if keep:
          torch.append(kept, p)
        out = torch.matmul(torch.to(p, kind), vi)
      torch.append(outs, self.unbundle(out, T))
      start = start + rows * T
    return torch.reshape(torch.cat(outs, 0), [q.size(0), -1])

  # The way back: gradients of q, k, v in their shapes; da [N, H * E]. Probabilities that were kept begin at `at`; -1 computes them again.
  def attend_back(self: __torch__.Decoder, da: Tensor, q: Tensor, k: Tensor, v: Tensor, bundles: Tensor, masks: List[Tensor], shape: Tensor, kept: List[Tensor], at: int) -> Tuple[Tensor, Tensor, Tensor]:
    H, K, E, kind = q.size(1), k.size(1), q.size(2), int(shape[4])
    scale = 1.0 / torch.sqrt(float(E))
    dq = annotate(List[Tensor], [])
    dk = annotate(List[Tensor], [])
    dv = annotate(List[Tensor], [])
    start = 0
    for i in range(bundles.size(0)):
      rows = int(bundles[i][0])
      T = int(bundles[i][1])
      qi = self.bundle(q, start, rows, T, K)
      ki = self.bundle(k, start, rows, T, K)
      vi = torch.to(self.bundle(v, start, rows, T, K), kind)
      di = torch.to(self.bundle(da.view([-1, H, E]), start, rows, T, K), kind)
      if self.grouped(q, T, K, shape):
        G = qi.size(2) // T
        gq, gk, gv = torch.empty_like(qi), torch.zeros_like(ki), torch.zeros_like(ki)
        qs, ks, vs, ds = self.each(qi), self.each(ki), self.each(vi), self.each(di)
        gqs, gks, gvs = self.each(gq), self.each(gk), self.each(gv)
        place = 0
        cuts = self.blocks(T)
        for c in range(cuts):
          a, e = T * c // cuts, T * (c + 1) // cuts
          seen = torch.unbind(torch.slice(torch.slice(masks[i], 1, a, e, 1), 2, 0, e, 1), 0)
          size = (e - a) * G * e
          for s in range(torch.len(qs)):
            qc, dc = torch.slice(qs[s], 0, a * G, e * G, 1), torch.slice(ds[s], 0, a * G, e * G, 1)
            kc, vc = torch.slice(ks[s], 0, 0, e, 1), torch.slice(vs[s], 0, 0, e, 1)
            if at < 0:
              p = torch.softmax(self.scaled(qc, kc, seen[s // K % torch.len(seen)], shape), -1)
            else:
              p = torch.slice(kept[at + i], 0, place, place + size, 1).view([-1, e])
              place = place + size
            self.outer_narrow(torch.slice(gvs[s], 0, 0, e, 1), torch.to(p, kind), dc, shape)
            dz = torch.to(torch._softmax_backward_data(torch.to(self.times(dc, vc, shape), p.dtype), p, -1, p.dtype), kind)
            torch.copy_(torch.slice(gqs[s], 0, a * G, e * G, 1), self.times(dz, torch.t(torch.to(kc, kind)), shape))
            self.outer_narrow(torch.slice(gks[s], 0, 0, e, 1), dz, torch.to(qc, kind), shape)
      else:
        if at < 0:
          p = torch.softmax(self.scaled(qi, ki, masks[i], shape), -1)
        else:
          p = kept[at + i]
        gv = torch.matmul(torch.transpose(torch.to(p, kind), -2, -1), di)
        dp = torch.matmul(di, torch.transpose(vi, -2, -1))
        dz = torch.to(torch._softmax_backward_data(torch.to(dp, p.dtype), p, -1, p.dtype), kind)
        gq = torch.matmul(dz, torch.to(ki, kind))
        gk = torch.matmul(torch.transpose(dz, -2, -1), torch.to(qi, kind))
      torch.append(dq, self.unbundle(gq, T))
      torch.append(dk, self.unbundle(gk, T))
      torch.append(dv, self.unbundle(gv, T))
      start = start + rows * T
    return (torch.mul(torch.to(torch.cat(dq, 0), q.dtype), scale), torch.mul(torch.to(torch.cat(dk, 0), q.dtype), scale), torch.cat(dv, 0))

  # A query or key as attention takes it: normalised where the layer has such a norm (Qwen3), turned by its position.
  def placed(self: __torch__.Decoder, x: Tensor, w: Dict[str, Tensor], name: str, cos: Tensor, sin: Tensor, eps: float) -> Tensor:
    y = torch.to(x, cos.dtype)
    if torch.__contains__(w, name):
      y = self.norm(y, w[name], eps, cos.dtype)
    return self.turn(y, cos, sin)

  def placed_back(self: __torch__.Decoder, dy: Tensor, x: Tensor, w: Dict[str, Tensor], sums: Dict[str, Tensor], name: str, cos: Tensor, sin: Tensor, eps: float) -> Tensor:
    d = self.turn(dy, cos, torch.neg(sin))
    if torch.__contains__(w, name):
      wide = torch.to(x, cos.dtype)
      r = self.inverse_root(wide, eps)
      d = self.norm_back(d, torch.mul(wide, r), r, w[name], sums, name)
    return d

  # One layer; x [N, D]. What the way back needs goes to `kept`: x, q, k, v, attention, x after it, gate, up; and
  # attention's probabilities, where they are to be kept, to `chances`.
  def block(self: __torch__.Decoder, x: Tensor, w: Dict[str, Tensor], i: int, cos: Tensor, sin: Tensor, bundles: Tensor, masks: List[Tensor], shape: Tensor, reals: Tensor, kept: List[Tensor], keep: bool, chances: List[Tensor]) -> Tensor:
    p = "model.layers." + str(i) + "."
    H, K, E, kind = int(shape[1]), int(shape[2]), int(shape[3]), int(shape[4])
    eps = float(reals[0])
    h = self.norm(x, w[p + "input_layernorm.weight"], eps, kind)
    q = self.forth(h, w[p + "self_attn.q_proj.weight"], w, p + "self_attn.q_proj", shape, reals, i * 8).view([-1, H, E])
    k = self.forth(h, w[p + "self_attn.k_proj.weight"], w, p + "self_attn.k_proj", shape, reals, i * 8 + 1).view([-1, K, E])
    v = self.forth(h, w[p + "self_attn.v_proj.weight"], w, p + "self_attn.v_proj", shape, reals, i * 8 + 2).view([-1, K, E])
    a = torch.to(self.attend(self.placed(q, w, p + "self_attn.q_norm.weight", cos, sin, eps), self.placed(k, w, p + "self_attn.k_norm.weight", cos, sin, eps), v, bundles, masks, shape, keep, chances), kind)
    y = x + self.forth(a, w[p + "self_attn.o_proj.weight"], w, p + "self_attn.o_proj", shape, reals, i * 8 + 3)
    h = self.norm(y, w[p + "post_attention_layernorm.weight"], eps, kind)
    g = self.forth(h, w[p + "mlp.gate_proj.weight"], w, p + "mlp.gate_proj", shape, reals, i * 8 + 4)
    u = self.forth(h, w[p + "mlp.up_proj.weight"], w, p + "mlp.up_proj", shape, reals, i * 8 + 5)
    s = torch.mul_(torch.silu(g), u)
    for each in [x, q, k, v, a, y, g, u]:
      torch.append(kept, each)
    return y + self.forth(s, w[p + "mlp.down_proj.weight"], w, p + "mlp.down_proj", shape, reals, i * 8 + 6)

  # The way back through one layer. dy is overwritten.
  def block_back(self: __torch__.Decoder, dy: Tensor, kept: List[Tensor], at: int, chances: int, w: Dict[str, Tensor], sums: Dict[str, Tensor], i: int, cos: Tensor, sin: Tensor, bundles: Tensor, masks: List[Tensor], shape: Tensor, reals: Tensor) -> Tensor:
    p = "model.layers." + str(i) + "."
    H, K, E, kind = int(shape[1]), int(shape[2]), int(shape[3]), int(shape[4])
    eps = float(reals[0])
    x, q, k, v, a, y, g, u = kept[at], kept[at + 1], kept[at + 2], kept[at + 3], kept[at + 4], kept[at + 5], kept[at + 6], kept[at + 7]
    silu = torch.silu(g)
    ds = self.back(torch.to(dy, kind), torch.mul(silu, u), w[p + "mlp.down_proj.weight"], w, sums, p + "mlp.down_proj", p + "mlp.down_proj.weight", shape, reals, i * 8 + 6)
    du = torch.mul_(silu, ds)
    dg = torch.silu_backward(torch.mul_(ds, u), g)
    after = w[p + "post_attention_layernorm.weight"]
    r = self.inverse_root(y, eps)
    unit = torch.mul(y, r)
    h = torch.to(torch.mul(unit, after), kind)
    dh = self.back(dg, h, w[p + "mlp.gate_proj.weight"], w, sums, p + "mlp.gate_proj", p + "mlp.gate_proj.weight", shape, reals, i * 8 + 4)
    torch.add_(dh, self.back(du, h, w[p + "mlp.up_proj.weight"], w, sums, p + "mlp.up_proj", p + "mlp.up_proj.weight", shape, reals, i * 8 + 5))
    d = torch.add_(dy, self.norm_back(dh, unit, r, after, sums, p + "post_attention_layernorm.weight"))
    da = self.back(torch.to(d, kind), a, w[p + "self_attn.o_proj.weight"], w, sums, p + "self_attn.o_proj", p + "self_attn.o_proj.weight", shape, reals, i * 8 + 3)
    dq, dk, dv = self.attend_back(da, self.placed(q, w, p + "self_attn.q_norm.weight", cos, sin, eps), self.placed(k, w, p + "self_attn.k_norm.weight", cos, sin, eps), v, bundles, masks, shape, kept, chances)
    dq = torch.reshape(self.placed_back(dq, q, w, sums, p + "self_attn.q_norm.weight", cos, sin, eps), [-1, H * E])
    dk = torch.reshape(self.placed_back(dk, k, w, sums, p + "self_attn.k_norm.weight", cos, sin, eps), [-1, K * E])
    dv = torch.reshape(dv, [-1, K * E])
    before = w[p + "input_layernorm.weight"]
    r = self.inverse_root(x, eps)
    unit = torch.mul(x, r)
    h = torch.to(torch.mul(unit, before), kind)
    dh = self.back(torch.to(dq, kind), h, w[p + "self_attn.q_proj.weight"], w, sums, p + "self_attn.q_proj", p + "self_attn.q_proj.weight", shape, reals, i * 8)
    torch.add_(dh, self.back(torch.to(dk, kind), h, w[p + "self_attn.k_proj.weight"], w, sums, p + "self_attn.k_proj", p + "self_attn.k_proj.weight", shape, reals, i * 8 + 1))
    torch.add_(dh, self.back(torch.to(dv, kind), h, w[p + "self_attn.v_proj.weight"], w, sums, p + "self_attn.v_proj", p + "self_attn.v_proj.weight", shape, reals, i * 8 + 2))
    return torch.add_(d, self.norm_back(dh, unit, r, before, sums, p + "input_layernorm.weight"))

  # The norms, biases and angles in the residual stream's type, which they need where everything is float64.
  def widened(self: __torch__.Decoder, weights: Dict[str, Tensor], shape: Tensor) -> Dict[str, Tensor]:
    w = weights
    if int(shape[4]) == 7:
      w = self.cast(weights, shape)
    return w

  # The stream after the last layer [N, D]. mode: 0 keeps nothing, 1 what each layer's way back needs, 2 each layer's input, 3 as 1 and
  # after it, layer by layer, each bundle's attention.
  def trunk(self: __torch__.Decoder, ids: Tensor, positions: Tensor, bundles: Tensor, masks: List[Tensor], w: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, mode: int, kept: List[Tensor]) -> Tensor:
    kind = self.wide(shape)
    f = self.angles(positions, torch.to(inverse, kind))
    cos, sin = torch.cos(f), torch.sin(f)
    x = torch.to(torch.embedding(w["model.embed_tokens.weight"], ids), kind)
    chances = annotate(List[Tensor], [])
    for i in range(int(shape[0])):
      if mode == 1 or mode == 3:
        x = self.block(x, w, i, cos, sin, bundles, masks, shape, reals, kept, mode == 3, chances)
      else:
        if mode == 2:
          torch.append(kept, x)
        x = self.block(x, w, i, cos, sin, bundles, masks, shape, reals, annotate(List[Tensor], []), False, chances)
    for each in chances:
      torch.append(kept, each)
    return x

  # How many tensors the trunk keeps.
  def trunk_keeps(self: __torch__.Decoder, bundles: Tensor, shape: Tensor, mode: int) -> int:
    each = 0
    if mode == 1:
      each = 8
    if mode == 2:
      each = 1
    if mode == 3:
      each = 8 + bundles.size(0)
    return each * int(shape[0])

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
      if mode == 3:
        d = self.block_back(d, kept, at + i * 8, at + layers * 8 + i * bundles.size(0), w, sums, i, cos, sin, bundles, masks, shape, reals)
      elif mode == 1:
        d = self.block_back(d, kept, at + i * 8, -1, w, sums, i, cos, sin, bundles, masks, shape, reals)
      else:
        again = annotate(List[Tensor], [])
        chances = annotate(List[Tensor], [])
        self.block(kept[at + i], w, i, cos, sin, bundles, masks, shape, reals, again, True, chances)
        d = self.block_back(d, torch.add(again, chances), 0, 8, w, sums, i, cos, sin, bundles, masks, shape, reals)
    if torch.__contains__(sums, "model.embed_tokens.weight"):
      torch.index_add_(sums["model.embed_tokens.weight"], 0, ids, torch.to(d, sums["model.embed_tokens.weight"].dtype))
    return d

  # The output head's weight, which may be the embedding.
  def head_name(self: __torch__.Decoder, w: Dict[str, Tensor]) -> str:
    name = "lm_head.weight"
    if not torch.__contains__(w, name):
      name = "model.embed_tokens.weight"
    return name

  # How much of the vocabulary is looked at at once: what N hidden states say of it should stay in the cache. An odd multiple of 64: columns of
  # a matrix whose rows are a power of two apart share a few places of the cache.
  def chunk(self: __torch__.Decoder, N: int) -> int:
    return ops.prim.max(8, (4194304 // N // 64 - 1) // 2 * 2) * 64 + 64

  # Logits of hidden states h for the vocabulary from `start`, in the residual stream's type; low [N, r] is the adapter's, where there is one.
  def scores(self: __torch__.Decoder, h: Tensor, low: Tensor, w: Dict[str, Tensor], start: int, end: int, shape: Tensor) -> Tensor:
    kind = int(shape[4])
    z = torch.to(self.times(h, torch.to(torch.slice(w[self.head_name(w)], 0, start, end, 1), kind), shape), self.wide(shape))
    if torch.__contains__(w, "lm_head.lora_B.weight"):
      b = torch.to(torch.slice(w["lm_head.lora_B.weight"], 0, start, end, 1), kind)
      torch.add_(z, torch.linear(low, b) * w["lm_head.lora_scale"])
    return z

  # A x of the head's adapter, where there is one.
  def lowered(self: __torch__.Decoder, h: Tensor, w: Dict[str, Tensor], shape: Tensor, reals: Tensor) -> Tensor:
    low = h
    if torch.__contains__(w, "lm_head.lora_A.weight"):
      low = torch.linear(self.drop(h, reals, int(shape[0]) * 8), torch.to(w["lm_head.lora_A.weight"], int(shape[4])))
    return low

  # Logits [N, V] of every token of the stream: for comparing networks.
  def logits(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, bundles: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor) -> Tensor:
    w = self.widened(weights, shape)
    x = self.trunk(ids, positions, bundles, self.masks(segments, bundles, self.wide(shape)), w, inverse, shape, reals, 0, annotate(List[Tensor], []))
    h = self.norm(x, w["model.norm.weight"], float(reals[0]), int(shape[4]))
    return self.scores(h, self.lowered(h, w, shape, reals), w, 0, w[self.head_name(w)].size(0), shape)

  # Log-probability of each target and the entropy of the distribution that it was drawn from, in nats; then, where a way back is wanted,
  # what it needs. `from_` are places in the stream of the hidden states that predict `targets`.
  # options: mode of the trunk; what the head keeps: 0 nothing, 1 the gradient of each log-probability with respect to its hidden state
  # (where the head is frozen, that is all), 2 the probabilities, 3 nothing, to compute them again.
  # The vocabulary comes in chunks: a softmax within each, and the log of its sum, by which chunks are weighed against each other.
  def log_probabilities(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, bundles: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, from_: Tensor, targets: Tensor, options: Tensor) -> List[Tensor]:
    w = self.widened(weights, shape)
    kind = int(shape[4])
    keep = int(options[1])
    kept = annotate(List[Tensor], [])
    x = self.trunk(ids, positions, bundles, self.masks(segments, bundles, self.wide(shape)), w, inverse, shape, reals, int(options[0]), kept)
    own = torch.index_select(x, 0, from_)
    h = self.norm(own, w["model.norm.weight"], float(reals[0]), kind)
    low = self.lowered(h, w, shape, reals)
    weight = w[self.head_name(w)]
    N, V = h.size(0), weight.size(0)
    step = self.chunk(N)
    total = torch.full([N, 1], -inf, dtype=x.dtype, device=x.device)
    target = torch.zeros_like(total)
    mean = torch.zeros_like(total)
    pull = torch.zeros_like(own)
    probabilities = annotate(List[Tensor], [])
    logs = annotate(List[Tensor], [])
    start = 0
    while start < V:
      end = ops.prim.min(V, start + step)
      z = self.scores(h, low, w, start, end, shape)
      place = torch.unsqueeze(targets - start, 1)
      inside = torch.logical_and(torch.ge(place, 0), torch.lt(place, end - start))
      own_score = torch.gather(z, 1, torch.clamp(place, 0, end - start - 1))
      target = torch.where(inside, own_score, target)
      p = torch.softmax(z, 1)
      log = torch.amax(z, [1], True) - torch.log(torch.amax(p, [1], True))
      both = torch.logaddexp(total, log)
      if keep > 0:
        before, after = torch.exp(total - both), torch.exp(log - both)
        mean = mean * before + torch.sum(torch.mul_(z, p), [1], True) * after
        if keep == 1:
          part = torch.to(torch.slice(weight, 0, start, end, 1), kind)
          pull = pull * before + torch.to(self.times_back(torch.to(p, kind), part, shape), x.dtype) * after
        if keep == 2:
          torch.append(probabilities, torch.to(p, kind))
          torch.append(logs, log)
      total = both
      start = end
    out = [torch.squeeze(target - total, 1)]
    if keep > 0:
      torch.append(out, torch.squeeze(total - mean, 1))
      torch.append(out, own)
      for each in kept:
        torch.append(out, each)
      torch.append(out, total)
      if keep == 1:
        torch.append(out, torch.to(torch.embedding(weight, targets), x.dtype) - pull)
      for i in range(torch.len(logs)):
        torch.append(out, logs[i])
        torch.append(out, probabilities[i])
    return out

  # Adds the gradient of sum(log-probabilities x coefficients) to the sums. `kept` is what log_probabilities returned.
  def log_probabilities_back(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, bundles: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, from_: Tensor, targets: Tensor, options: Tensor, coefficients: Tensor, kept: List[Tensor], sums: Dict[str, Tensor]) -> Tensor:
    w = self.widened(weights, shape)
    kind = int(shape[4])
    eps = float(reals[0])
    mode = int(options[0])
    own = kept[2]
    layers = int(shape[0])
    at = 3 + self.trunk_keeps(bundles, shape, mode)
    total = kept[at]
    c = torch.unsqueeze(torch.to(coefficients, own.dtype), 1)
    r = self.inverse_root(own, eps)
    unit = torch.mul(own, r)
    if int(options[1]) == 1:
      dh = torch.mul(kept[at + 1], c)
    else:
      h = torch.to(torch.mul(unit, w["model.norm.weight"]), kind)
      low = self.lowered(h, w, shape, reals)
      dlow = torch.zeros_like(low)
      name = self.head_name(w)
      weight = w[name]
      adapted = torch.__contains__(w, "lm_head.lora_B.weight")
      V = weight.size(0)
      step = self.chunk(h.size(0))
      dh = torch.zeros_like(own)
      start = 0
      chunk = 0
      while start < V:
        end = ops.prim.min(V, start + step)
        if int(options[1]) == 2:
          log = kept[at + 1 + 2 * chunk]
          p = kept[at + 2 + 2 * chunk]
        else:
          z = self.scores(h, low, w, start, end, shape)
          log = torch.logsumexp(z, [1], True)
          p = torch.to(torch.softmax(z, 1), kind)
        d = torch.mul_(p, torch.to(torch.neg(c * torch.exp(log - total)), kind))
        place = torch.unsqueeze(targets - start, 1)
        inside = torch.logical_and(torch.ge(place, 0), torch.lt(place, end - start))
        torch.scatter_add_(d, 1, torch.clamp(place, 0, end - start - 1), torch.to(c * inside, kind))
        torch.add_(dh, self.times_back(d, torch.to(torch.slice(weight, 0, start, end, 1), kind), shape))
        if torch.__contains__(sums, name):
          self.outer_narrow(torch.slice(sums[name], 0, start, end, 1), d, h, shape)
        if adapted:
          d = d * torch.to(w["lm_head.lora_scale"], kind)
          dlow = dlow + torch.mm(d, torch.to(torch.slice(w["lm_head.lora_B.weight"], 0, start, end, 1), kind))
          if torch.__contains__(sums, "lm_head.lora_B.weight"):
            torch.add_(torch.slice(sums["lm_head.lora_B.weight"], 0, start, end, 1), torch.mm(torch.t(d), low))
        start = end
        chunk = chunk + 1
      if adapted:
        if torch.__contains__(sums, "lm_head.lora_A.weight"):
          torch.add_(sums["lm_head.lora_A.weight"], torch.mm(torch.t(dlow), self.drop(h, reals, layers * 8)))
        torch.add_(dh, self.drop(torch.mm(dlow, torch.to(w["lm_head.lora_A.weight"], kind)), reals, layers * 8))
    d = self.norm_back(dh, unit, r, w["model.norm.weight"], sums, "model.norm.weight")
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
    r = self.inverse_root(own, eps)
    unit = torch.mul(own, r)
    if torch.__contains__(sums, "score.weight"):
      h = torch.mul(unit, w["model.norm.weight"])
      torch.add_(sums["score.weight"], torch.mm(torch.t(c), h))
    d = self.norm_back(torch.mul(c, w["score.weight"]), unit, r, w["model.norm.weight"], sums, "model.norm.weight")
    dx = torch.index_add_(torch.zeros([ids.size(0), d.size(1)], dtype=d.dtype, device=d.device), 0, from_, d)
    return self.trunk_back(dx, ids, positions, segments, bundles, w, sums, inverse, shape, reals, int(options[0]), kept, 2)

  # The global norm of the summed gradients; those are shortened to `clip` where they are longer (0: never).
  def clip(self: __torch__.Decoder, sums: List[Tensor], clip: Tensor) -> Tensor:
    squares = torch.zeros([], dtype=7, device=sums[0].device)
    for g in sums:
      # By rows, whose sums are short: one sum over millions of float32 squares is off by a thousandth.
      lengths = torch.to(torch.linalg_vector_norm(g, 2, [-1]), 7)
      squares = squares + torch.sum(lengths * lengths)
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
