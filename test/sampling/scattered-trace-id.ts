/** Ids whose digits differ as much as random ones, without chance. */
export function scatteredTraceId(index: number): string {
  let state = index + 1;
  return Array.from({ length: 4 }, () => {
    state = Math.imul(state ^ (state >>> 16), 0x45_d9_f3_b) >>> 0;
    state = (state ^ (state >>> 13)) + 0x9e_37_79_b9;
    return (state >>> 0).toString(16).padStart(8, '0');
  }).join('');
}
