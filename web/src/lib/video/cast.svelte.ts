/** A screen elsewhere that could show a video, by the Remote Playback API; what has none, or no such screen, offers nothing. */
export class Cast {
  available = $state(false);
  state = $state<RemotePlaybackState>('disconnected');
  #remote: RemotePlayback | null = null;

  /** For `{@attach}`. */
  readonly watch = (video: HTMLVideoElement) => {
    const remote: RemotePlayback | undefined = video.remote;
    if (!remote) return;
    this.#remote = remote;
    const hear = () => (this.state = remote.state);
    for (const name of ['connecting', 'connect', 'disconnect']) remote.addEventListener(name, hear);
    hear();
    // Refused where the browser would not look for screens all the time.
    const watching = remote.watchAvailability((available) => (this.available = available)).catch(() => null);
    return () => void watching.then((id) => (id === null ? undefined : remote.cancelWatchAvailability(id))).catch(() => undefined);
  };

  /** Asks which screen, or whether to stop. Who chooses none is no failure. */
  choose() {
    void this.#remote?.prompt().catch(() => undefined);
  }
}
