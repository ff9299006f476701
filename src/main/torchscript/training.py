# What training needs of the decoder: values of continuations, gradients and the optimiser's step.
  # Log-probability of each target, and the entropy of the distribution that it was drawn from, in nats. `from_` are flat
  # positions of the hidden states that predict `targets`.
  def log_probabilities(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, from_: Tensor, targets: Tensor) -> List[Tensor]:
    w = self.cast(weights, shape)
    x = self.hidden(ids, positions, segments, w, inverse, shape, reals)
    h = torch.index_select(x.view([-1, x.size(2)]), 0, from_)
    l = self.head(h, w, shape)
    nll = torch.cross_entropy_loss(l, targets, None, 0, -100, 0.0)
    own = torch.log_softmax(torch.detach(l), -1)
    entropy = -torch.sum(torch.exp(own) * own, [-1])
    return [-nll, entropy]

  # Scalar reward of each continuation: the score head on the hidden states at `from_`, weighed by `shares` and summed by
  # `owner`. One place with share 1 pools at the last token, all places with equal shares pool by their mean.
  def rewards(self: __torch__.Decoder, ids: Tensor, positions: Tensor, segments: Tensor, weights: Dict[str, Tensor], inverse: Tensor, shape: Tensor, reals: Tensor, from_: Tensor, shares: Tensor, owner: Tensor, count: Tensor) -> Tensor:
    w = self.cast(weights, shape)
    x = self.hidden(ids, positions, segments, w, inverse, shape, reals)
    h = torch.index_select(x.view([-1, x.size(2)]), 0, from_)
    scores = torch.reshape(torch.linear(h, torch.to(weights["score.weight"], h.dtype)), [-1]) * shares
    return torch.index_add(torch.zeros([int(count[0])], dtype=h.dtype, device=ids.device), 0, owner, scores)

  # Adds the gradient of sum(outputs * coefficients) with respect to each weight to `sums`.
  def accumulate(self: __torch__.Decoder, outputs: Tensor, coefficients: Tensor, parameters: List[Tensor], sums: List[Tensor]) -> Tensor:
    total = torch.sum(outputs * torch.to(coefficients, outputs.dtype))
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
