/** Steps by the golden ratio meet every kind of fault at every kind of call, whatever number of faults a call has. */
const GOLDEN = 0.6180339887498949;

/** An evenly spread choice of that share, always the same; another one for another offset from 0 to 1. */
export function isSelected(index: number, share: number, offset = 0): boolean {
  return share >= 1 || (index * GOLDEN + offset) % 1 < share;
}
