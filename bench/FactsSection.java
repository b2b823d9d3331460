import java.nio.file.Files;

/// How long the facts of a JPEG take, when they are read again: by the decoder that the product uses, one file after the other.
final class FactsSection implements Bench.Section {
    private static final int PHOTOS = 200;
    private static final int WARM_UP = 100;

    @Override
    public void run(Bench.Setup setup, Results results) throws Exception {
        var out = Files.createDirectories(setup.scratch().resolve("facts"));
        var photos = Photos.in(setup.scratch().resolve("facts-photos"), PHOTOS);
        // As a camera writes them, and a program after it.
        Machine.output(setup.scratch(), "exiftool", "-q", "-overwrite_original", "-DateTimeOriginal=2008:10:22 16:28:39", "-OffsetTimeOriginal=+02:00",
                "-GPSLatitude=43.4674", "-GPSLatitudeRef=N", "-GPSLongitude=11.8851", "-GPSLongitudeRef=E", "-Make=Picup", "-Model=Bench", "-FNumber=1.8",
                "-ISO=125", "-ExposureTime=0.01", "-XMP:Rating=4", "-XMP:Subject=one", "-XMP:Subject+=two", photos.getFirst().getParent().toString());
        results.say("%d JPEGs with time, place and camera; the decoder has seen %d before. Aim: 2 ms a JPEG.\n".formatted(PHOTOS, WARM_UP));
        results.table("what", "median ms", "p95 ms", "CPU-ms a file");
        try (var decoder = new PlainDecoder()) {
            for (var photo : photos.subList(0, WARM_UP)) {
                decoder.facts(photo, out);
            }
            double before = decoder.cpuSeconds();
            var took = new double[PHOTOS];
            for (int i = 0; i < PHOTOS; i++) {
                long began = System.nanoTime();
                decoder.facts(photos.get(i), out);
                took[i] = (System.nanoTime() - began) / 1e6;
            }
            results.row("**Picup's decoder**", Results.median(took), Results.percentile(took, 0.95), (decoder.cpuSeconds() - before) * 1000 / PHOTOS);
        }
    }
}
