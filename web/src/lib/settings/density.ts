/** How large pictures are in lists: what is kept of it on this device. */
export const densities = ['comfortable', 'compact'] as const;
export type Density = (typeof densities)[number];

export const densityKey = 'picup.density';

export function storedDensity(): Density {
  try {
    return densities.find((density) => density === localStorage.getItem(densityKey)) ?? 'comfortable';
  } catch {
    return 'comfortable'; // storage may be forbidden
  }
}
