/** The middle one of some numbers; of an even number of them, the higher one in the middle. */
export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1];
}
