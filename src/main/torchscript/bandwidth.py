# What memory gives: a copy, which reads and writes every byte once.
class Bandwidth(Module):
  __parameters__ = []
  __buffers__ = []
  training : bool

  def copy(self: __torch__.Bandwidth, from_: Tensor, to_: Tensor) -> Tensor:
    torch.copy_(to_, from_)
    return torch.slice(to_, 0, 0, 1, 1)
