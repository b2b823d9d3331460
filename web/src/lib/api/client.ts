import createClient from 'openapi-fetch';
import { agedHeader } from '../../service/shelves';
import { Problem } from './problem';
import { refreshSession } from './refresh';
import type { components, paths } from './schema';

/** The server tells every field of an answer, null where there is no value; its description lets those be left out. */
type Told<T> = T extends (infer Item)[] ? Told<Item>[] : T extends object ? { [Name in keyof T]-?: Told<T[Name]> } : T;

type Answers = { [Name in keyof components['schemas']]: Told<components['schemas'][Name]> };
export type Picture = Answers['PictureJson'];
export type Member = Answers['Member'];
export type Space = Answers['Space'];
export type Album = Answers['Album'];
export type MonthCount = Answers['Month'];
export type TimelinePage = Answers['MonthPage'];
export type Town = Answers['Town'];
export type Facets = Answers['Facets'];
export type ApiKey = Answers['ApiKeyJson'];
export type SecondFactor = Answers['SecondFactorJson'];
export type Invitation = Answers['InvitationJson'];
export type ArchiveContents = Answers['Contents'];
export type Session = Answers['SessionJson'];
export type ManagedMember = Answers['ManagedMember'];
export type MemberSpace = Answers['MemberSpace'];
export type StorageUsage = Answers['Usage'];
export type Decoding = Answers['DecodingJson'];
export type LaneState = Answers['LaneState'];
export type WorkState = Answers['WorkState'];
export type DeadLetter = Answers['DeadLetter'];
export type AuditEntry = Answers['AuditEntry'];
export type Activity = Answers['Activity'];
export type WaysIn = Answers['WaysInJson'];
export type Passkey = Answers['PasskeyEntry'];
export type Receipt = Answers['ReceiptSource'];
export type ReceiptPage = Answers['ReceiptPage'];
export type StorageHealth = Answers['StorageHealth'];
export type DamagedOriginal = Answers['Damaged'];
export type LockedFolder = Answers['LockedFolder'];
export type StorageUse = Answers['Use'];
export type UnderWay = Answers['UnderWayJson'];
export type DeletedAlbum = Answers['Deleted'];
export type OtherWaysIn = Answers['OtherWaysInJson'];

let onSignedOut: () => void = () => undefined;

let onAnswer: (aged: boolean) => void = () => undefined;

/** Called with each answer: whether it is an older one that this browser remembers, as the server could not be reached. */
export function whenAnswered(react: (aged: boolean) => void) {
  onAnswer = react;
}

/** Called when the session has ended for good. */
export function whenSignedOut(react: () => void) {
  onSignedOut = react;
}

/** Renews the session after a 401 of a request sent at `sentAt`; tells the app when that is refused. */
export async function renewSession(sentAt: number): Promise<boolean> {
  const renewed = await refreshSession(sentAt);
  if (!renewed) onSignedOut();
  return renewed;
}

/** A wrong password, passkey or code is a 401 in its own right, and says nothing of the session. */
const refusedProofs = ['bad-credentials', 'passkey-refused', 'second-factor-needed', 'wrong-code'];

async function isRefusedProof(response: Response): Promise<boolean> {
  const body = await response.clone().json().catch(() => null);
  return refusedProofs.includes(Problem.read(response.status, body).code);
}

async function fetchInSession(request: Request): Promise<Response> {
  const repeat = request.clone();
  const sentAt = Date.now();
  try {
    const response = await fetch(request);
    onAnswer(response.headers.has(agedHeader));
    if (response.status !== 401 || (await isRefusedProof(response))) return response;
    return (await renewSession(sentAt)) ? await fetch(repeat) : response;
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw Problem.unreachable();
  }
}

export const api = createClient<paths>({ baseUrl: location.origin, fetch: fetchInSession });

/** The data of an answer; a refusal is thrown as a `Problem`. */
export async function data<T>(call: Promise<{ data?: T; error?: unknown; response: Response }>): Promise<Told<T>> {
  const { data, error, response } = await call;
  if (!response.ok) throw Problem.read(response.status, error);
  return data as Told<T>;
}

let check: Promise<unknown> | undefined;

/** Makes sure that the session holds, renewing it when it ran out; calls at the same time share one request. */
export function checkSession(): Promise<unknown> {
  check ??= api
    .GET('/api/members/me')
    .catch(() => undefined)
    .finally(() => (check = undefined));
  return check;
}

export type RenditionName = 'thumb' | 'preview' | 'full' | 'hover' | 'motion' | 'video';

/** Where the bytes of a picture are; the version lets the browser keep them for long. */
export function renditionUrl(id: string, kind: RenditionName, version?: number): string {
  return `/api/pictures/${id}/renditions/${kind}${version === undefined ? '' : `?v=${version}`}`;
}

export function originalUrl(id: string, download = false): string {
  return `/api/pictures/${id}/original${download ? '?download=true' : ''}`;
}

export function sidecarUrl(id: string, sidecarId: string): string {
  return `/api/pictures/${id}/sidecars/${sidecarId}`;
}

/** The whole picture as a person edited it, as a file. */
export function editedUrl(id: string): string {
  return `/api/pictures/${id}/renditions/full?download=true`;
}

/** What a person changed of a picture, for other programs. */
export function editsUrl(id: string): string {
  return `/api/pictures/${id}/xmp`;
}
