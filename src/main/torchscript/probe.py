# Matrix products of one type, to measure what a machine can do.
class Probe(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  # times: how many, kind (6 float32, 15 bfloat16), and 1 where float32 goes to oneDNN.
  def product(self: __torch__.Probe, a: Tensor, b: Tensor, times: Tensor) -> Tensor:
    kind = int(times[1])
    x = torch.to(a, kind)
    y = torch.to(b, kind)
    total = torch.zeros([], dtype=6, device=a.device)
    for i in range(int(times[0])):
      if int(times[2]) == 1 and kind == 6:
        z = ops.mkldnn._linear_pointwise(x, y, None, "none", annotate(List[Optional[number]], []), "")
      else:
        z = torch.linear(x, y)
      total = total + torch.to(torch.select(torch.select(z, 0, 0), 0, 0), 6)
    return total
