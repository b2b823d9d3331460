/** A picture's time cut into what a form asks for: `2024-05-14T10:20:30` and `+09:00`, which may be unknown. */
export function cutMoment(takenAt: string): { local: string; offset: string } {
  const offset = takenAt.slice(19);
  return { local: takenAt.slice(0, 19), offset: offset === 'Z' ? '+00:00' : offset };
}

/** A form leaves seconds of 0 out. Null when it is no whole moment. */
export function joinMoment(local: string, offset: string): string | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(local)) return null;
  return local.padEnd(19, ':00') + offset;
}

/** Every offset that is in use anywhere (tz database, 2025), in minutes east of UTC. */
const offsetsMinutes = [
  -720, -660, -600, -570, -540, -480, -420, -360, -300, -240, -210, -180, -150, -120, -60, 0, 60, 120, 180, 210, 240, 270, 300, 330, 345, 360, 390, 420,
  480, 525, 540, 570, 600, 630, 660, 720, 765, 780, 825, 840,
];

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const digits = (part: number) => String(part).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${digits(Math.floor(size / 60))}:${digits(size % 60)}`;
}

/** What to choose an offset from; an unusual one that the picture has stays among them. */
export function offsetsWith(current: string): string[] {
  const usual = offsetsMinutes.map(offsetText);
  return current === '' || usual.includes(current) ? usual : [current, ...usual];
}
