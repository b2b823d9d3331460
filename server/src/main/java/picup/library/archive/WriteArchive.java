package picup.library.archive;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import picup.library.OpenFolders;
import picup.library.Picture;
import picup.library.sidecar.Sidecar;
import picup.library.sidecar.Sidecars;
import picup.platform.MemberId;
import picup.platform.RankCursor;
import picup.storage.Originals;
import picup.storage.Spaces;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.json.JsonMapper;

/// Writes everything of a member as one ZIP: each original with what is known of it beside it, the albums, and at the end a
/// word on whether all of it is there. The locked folder goes along while it is open to who asks, and is counted as left out otherwise. Memory is the same for ten pictures and a million.
///
/// A picture that is deleted while the archive is made is left out and counted. An original that is not on the disk though
/// it should be, or cannot be read, gets a file with a loud name in its place. Neither spoils the rest.
@Component
public class WriteArchive {
    private static final int BUFFER_BYTES = 256 * 1024;
    /// Where the sidecars of a picture go that is deleted meanwhile, before they are.
    private static final String DELETED = "waiting/";
    private static final UUID FIRST = new UUID(0, 0);
    private static final Logger LOG = LoggerFactory.getLogger(WriteArchive.class);

    /// @param username null for somebody who signed up before Picup told its storage side names
    record MemberFacts(UUID id, @Nullable String username, @Nullable String displayName, long pictures, long sizeBytes, @Nullable Integer onlyYear, String madeAt) {}

    private final ArchiveRows rows;
    private final Sidecars sidecars;
    private final Originals originals;
    private final Spaces spaces;
    private final OpenFolders folders;
    private final JsonMapper json;
    private final InstantSource clock;

    WriteArchive(ArchiveRows rows, Sidecars sidecars, Originals originals, Spaces spaces, OpenFolders folders, JsonMapper json, InstantSource clock) {
        this.rows = rows;
        this.sidecars = sidecars;
        this.originals = originals;
        this.spaces = spaces;
        this.folders = folders;
        this.json = json.rebuild().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();
        this.clock = clock;
    }

    /// @param year only what was taken in it; null for everything
    /// @throws IOException when the reader has gone
    public void run(MemberId owner, @Nullable Integer year, OutputStream out) throws IOException {
        var begun = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC);
        boolean open = folders.isOpen(owner); // asked once: what was begun is finished, however long it takes
        var years = rows.years(owner, open).stream().filter(each -> year == null || each.year() == year).toList();
        var report = new ArchiveReport(years.stream().mapToLong(ArchiveContents.Year::pictures).sum(), open ? 0 : rows.countLocked(owner, year));
        try (var zip = new ZipStream(new BufferedOutputStream(out))) {
            text(zip, "README.txt", begun, ArchiveReadme.TEXT);
            text(zip, "member.json", begun, pretty(member(owner, year, years)));
            albums(zip, owner, begun, open);
            pictures(zip, owner, year, open, report);
            text(zip, report.name(), begun, report.text());
            zip.finish();
        }
    }

    private MemberFacts member(MemberId owner, @Nullable Integer year, List<ArchiveContents.Year> years) {
        var names = spaces.names(owner);
        return new MemberFacts(owner.value(), names.username(), names.displayName(), years.stream().mapToLong(ArchiveContents.Year::pictures).sum(),
                years.stream().mapToLong(ArchiveContents.Year::sizeBytes).sum(), year, clock.instant().toString());
    }

    private void albums(ZipStream zip, MemberId owner, LocalDateTime begun, boolean open) throws IOException {
        try (var entry = zip.begin("albums.json", begun, ZipStream.Content.TEXT, 0); var generator = json.createGenerator(entry)) {
            generator.writeStartArray();
            for (var page = rows.albums(owner, FIRST, open); !page.isEmpty(); page = rows.albums(owner, page.getLast().id(), open)) {
                for (var album : page) {
                    generator.writeStartObject();
                    generator.writeStringProperty("id", album.id().toString());
                    generator.writeStringProperty("name", album.name());
                    generator.writeStringProperty("description", album.description());
                    generator.writeStringProperty("madeAt", album.madeAt().toString());
                    generator.writeStringProperty("parent", text(album.parent()));
                    generator.writeStringProperty("cover", text(album.cover()));
                    generator.writeStringProperty("ordering", album.ordering());
                    generator.writeStringProperty("display", album.display());
                    inAlbum(generator, owner, album.id(), open);
                    generator.writeEndObject();
                }
            }
            generator.writeEndArray();
        }
    }

    private static @Nullable String text(@Nullable UUID id) {
        return id == null ? null : id.toString();
    }

    private void inAlbum(JsonGenerator generator, MemberId owner, UUID album, boolean open) {
        generator.writeArrayPropertyStart("pictures");
        for (var some = rows.inAlbum(owner, album, RankCursor.FIRST, open); !some.isEmpty(); some = rows.inAlbum(owner, album, some.getLast(), open)) {
            some.forEach(each -> generator.writeString(each.id().toString()));
        }
        generator.writeEndArray();
        generator.writeArrayPropertyStart("texts");
        for (var each : rows.textsOf(owner, album, open)) {
            generator.writeStartObject();
            generator.writeStringProperty("after", text(each.after()));
            generator.writeStringProperty("text", each.text());
            generator.writeEndObject();
        }
        generator.writeEndArray();
    }

    private void pictures(ZipStream zip, MemberId owner, @Nullable Integer year, boolean open, ArchiveReport report) throws IOException {
        var names = new ArchiveNames();
        var buffer = new byte[BUFFER_BYTES];
        for (var page = rows.pictures(owner, year, FIRST, open); !page.isEmpty(); page = rows.pictures(owner, year, page.getLast().id(), open)) {
            var folders = new HashMap<UUID, String>();
            var albums = rows.albumsOf(owner, page.stream().map(Picture::id).toList());
            for (var picture : page) {
                folders.put(picture.id(), picture(zip, picture, names, albums.getOrDefault(picture.id(), List.of()), buffer, report));
            }
            for (var sidecar : sidecars.ofPictures(owner, folders.keySet())) {
                sidecar(zip, sidecar, folders.get(sidecar.picture()), names, buffer, report);
            }
        }
        if (year == null) {
            waiting(zip, owner, names, buffer, report);
        }
    }

    /// Files beside pictures that never came.
    private void waiting(ZipStream zip, MemberId owner, ArchiveNames names, byte[] buffer, ArchiveReport report) throws IOException {
        for (var page = sidecars.waiting(owner, FIRST, ArchiveRows.PAGE); !page.isEmpty(); page = sidecars.waiting(owner, page.getLast().id(), ArchiveRows.PAGE)) {
            for (var sidecar : page) {
                sidecar(zip, sidecar, "waiting/", names, buffer, report);
            }
        }
    }

    private void sidecar(ZipStream zip, Sidecar sidecar, String folder, ArchiveNames names, byte[] buffer, ArchiveReport report) throws IOException {
        var path = names.ofSidecar(sidecar, folder);
        var at = LocalDateTime.ofInstant(sidecar.addedAt(), ZoneOffset.UTC);
        String trouble;
        try (var in = originals.read(sidecar.digest(), 0)) {
            trouble = original(zip, path, at, sidecar.sizeBytes(), in, buffer);
        } catch (NoSuchFileException e) {
            trouble = "missing";
        }
        if (trouble != null) {
            LOG.error("The sidecar {} ({}) of member {} is {}; an archive goes without it", sidecar.id(), sidecar.digest(), sidecar.owner(), trouble);
            report.missing(path + " (" + trouble + ", sha256 " + sidecar.digest().hex() + ")");
        }
    }

    /// @return its folder in the archive, with the slash
    private String picture(ZipStream zip, Picture picture, ArchiveNames names, List<String> albums, byte[] buffer, ArchiveReport report) throws IOException {
        String path;
        String trouble;
        try (var in = originals.read(picture.digest(), 0)) {
            path = names.of(picture);
            trouble = original(zip, path, picture.takenAt(), picture.sizeBytes(), in, buffer);
        } catch (NoSuchFileException e) {
            if (!rows.isThere(picture)) {
                report.deleted();
                return DELETED;
            }
            path = names.of(picture);
            trouble = "missing";
        }
        if (trouble == null) {
            report.whole();
        } else {
            LOG.error("The original {} of picture {} of member {} is {}; an archive goes without it", picture.digest(), picture.id(), picture.owner(), trouble);
            report.missing(path + " (" + trouble + ", sha256 " + picture.digest().hex() + ")");
            text(zip, path + "." + trouble.toUpperCase(java.util.Locale.ROOT) + ".txt", picture.takenAt(), ArchiveReadme.MISSING);
        }
        text(zip, path + ".json", picture.takenAt(), pretty(PictureFacts.of(picture, path, albums)));
        text(zip, path + ".xmp", picture.takenAt(), Xmp.of(picture, albums));
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    /// @return null when it is whole
    private static @Nullable String original(ZipStream zip, String path, LocalDateTime at, long sizeBytes, InputStream in, byte[] buffer) throws IOException {
        try (var entry = zip.begin(path, at, ZipStream.Content.MEDIA, sizeBytes)) {
            long copied = 0;
            for (int read = read(in, buffer); read > 0 && copied < sizeBytes; read = read(in, buffer)) {
                int wanted = (int) Math.min(read, sizeBytes - copied);
                entry.write(buffer, 0, wanted);
                copied += wanted;
            }
            return copied == sizeBytes ? null : "damaged";
        }
    }

    /// A disk that does not give the bytes ends the file, not the archive.
    private static int read(InputStream in, byte[] buffer) {
        try {
            return in.readNBytes(buffer, 0, buffer.length);
        } catch (IOException e) {
            LOG.error("An original cannot be read", e);
            return 0;
        }
    }

    private static void text(ZipStream zip, String name, LocalDateTime at, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        try (var entry = zip.begin(name, at, ZipStream.Content.TEXT, bytes.length)) {
            entry.write(bytes);
        }
    }

    private String pretty(Object value) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(value);
    }
}
