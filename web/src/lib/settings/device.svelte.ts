import { densityKey, storedDensity, type Density } from './density';

/** Whether to spare data: as the network says, always, or never. */
export const savings = ['auto', 'on', 'off'] as const;
export type Saving = (typeof savings)[number];

/** What some browsers tell of the network (Network Information API); others know nothing. */
type Network = Partial<EventTarget> & { saveData?: boolean; type?: string };

const keys = { density: densityKey, saving: 'picup.dataSaver', patient: 'picup.uploadsWait' };
const network = (globalThis.navigator as { connection?: Network } | undefined)?.connection;

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // storage may be forbidden
  }
}

function keep(key: string, value: string) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It holds for this page then.
  }
}

function stored<Value extends string>(key: string, values: readonly Value[]): Value {
  return values.find((value) => value === read(key)) ?? values[0]!;
}

function isMetered(): boolean {
  return network?.saveData === true || network?.type === 'cellular';
}

let density = $state<Density>(storedDensity());
let saving = $state<Saving>(stored(keys.saving, savings));
let patient = $state(read(keys.patient) === 'yes');
let metered = $state(isMetered());
network?.addEventListener?.('change', () => (metered = isMetered()));

/** What a person wants on this device alone. It is kept here, as another device has another screen and another network. */
export const device = {
  /** How large pictures are in lists. */
  get density() {
    return density;
  },
  set density(value: Density) {
    density = value;
    keep(keys.density, value);
  },
  get saving() {
    return saving;
  },
  set saving(value: Saving) {
    saving = value;
    keep(keys.saving, value);
  },
  /** Uploads wait until data costs nothing. */
  get patient() {
    return patient;
  },
  set patient(value: boolean) {
    patient = value;
    keep(keys.patient, value ? 'yes' : 'no');
  },
  /** Whether the browser tells what kind of network there is. Where it does not, only the person knows. */
  tells: network?.saveData !== undefined || network?.type !== undefined,
  /** Nothing is loaded that nobody asked for, and what is shown is no larger than need be. */
  get spares() {
    return saving === 'on' || (saving === 'auto' && metered);
  },
};
