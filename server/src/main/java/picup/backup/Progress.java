package picup.backup;

/// Who is told how far it is.
interface Progress {
    /// A new step begins.
    void step(String what);

    /// @param ofBytes all that there is to do in this step
    void at(long doneBytes, long ofBytes);

    /// For somebody who waits in front of a terminal: a line a second at most, with the time that is left.
    static Progress onStandardError() {
        return new Progress() {
            private static final long BETWEEN_NANOS = 1_000_000_000L;
            private static final double MEGABYTE = 1e6;
            private String what = "";
            private long beganNanos;
            private long toldNanos;

            @Override
            public void step(String what) {
                this.what = what;
                beganNanos = System.nanoTime();
                toldNanos = beganNanos;
                System.err.println(what);
            }

            @Override
            public void at(long doneBytes, long ofBytes) {
                long now = System.nanoTime();
                if (now - toldNanos < BETWEEN_NANOS) {
                    return;
                }
                toldNanos = now;
                double seconds = (now - beganNanos) / 1e9;
                double left = doneBytes == 0 ? 0 : seconds / doneBytes * (ofBytes - doneBytes);
                System.err.printf("  %s: %,.0f of %,.0f MB, %.1f MB/s, about %d s left%n",
                        what, doneBytes / MEGABYTE, ofBytes / MEGABYTE, doneBytes / MEGABYTE / seconds, Math.round(left));
            }
        };
    }

    /// For a job that nobody watches.
    static Progress quiet() {
        return new Progress() {
            @Override
            public void step(String what) {}

            @Override
            public void at(long doneBytes, long ofBytes) {}
        };
    }
}
