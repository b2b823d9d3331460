package picup.library.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import picup.decoder.FileKind;
import picup.library.ImportPicture;
import picup.library.KnownKind;
import picup.library.TakenAtText;
import picup.library.sidecar.ImportSidecar;
import picup.platform.Problem;
import picup.platform.ProblemException;
import picup.storage.Digest;
import picup.storage.Originals;
import picup.storage.StagedOriginal;

/// The parts of an upload, in whatever order they come. The file goes to disk as it arrives and is never in memory.
record UploadForm(StagedOriginal bytes, FileKind kind, ImportPicture.Words words) implements AutoCloseable {
    private static final int LONGEST_FIELD_BYTES = 1024;
    private static final int MOST_FIELDS = 16;

    /// Of one part. A name of 255 characters, the longest that file systems have, takes 1,020 bytes as UTF-8.
    private static final int LONGEST_HEADER_BYTES = 4096;

    /// @throws picup.platform.ProblemException `not-a-picture`, `digest-mismatch`, `too-large`, `bad-request`
    static UploadForm read(HttpServletRequest request, Originals originals, long largestBytes) throws IOException {
        if (!JakartaServletFileUpload.isMultipartContent(request)) {
            throw Problem.UNSUPPORTED_MEDIA_TYPE.because("The body must be multipart/form-data with a part `file`.");
        }
        var upload = new JakartaServletFileUpload<>();
        upload.setHeaderCharset(StandardCharsets.UTF_8);
        upload.setMaxPartHeaderSize(LONGEST_HEADER_BYTES);
        var fields = new HashMap<String, String>();
        Arrived arrived = null;
        try {
            for (var parts = upload.getItemIterator(request); another(parts); ) {
                var part = parts.next();
                if (!part.isFormField() || "file".equals(part.getFieldName())) {
                    if (arrived != null) {
                        throw Problem.BAD_REQUEST.because("One file a request, but this has several.");
                    }
                    arrived = file(part, originals, largestBytes);
                } else if (fields.size() < MOST_FIELDS) {
                    fields.put(part.getFieldName(), field(part));
                }
            }
            return checked(arrived, fields);
        } catch (IOException | RuntimeException e) {
            if (arrived != null) {
                arrived.bytes().close();
            }
            throw e;
        }
    }

    private static boolean another(FileItemInputIterator parts) throws IOException {
        try {
            return parts.hasNext();
        } catch (NullPointerException e) {
            // How the library meets a part that is a form of its own (multipart/mixed) and names no boundary.
            throw Problem.BAD_REQUEST.because("A part that is a multipart form itself has no boundary. Send the file as one plain part `file`.");
        }
    }

    private record Arrived(StagedOriginal bytes, FileKind kind, String fileName) {}

    private static Arrived file(FileItemInput part, Originals originals, long largestBytes) throws IOException {
        var in = part.getInputStream();
        var head = in.readNBytes(FileKind.HEAD_BYTES);
        FileKind kind;
        try {
            kind = KnownKind.of(head);
        } catch (ProblemException notKnown) {
            drain(in);
            throw notKnown;
        }
        var name = part.getName();
        long limitBytes = kind.sidecar() ? Math.min(largestBytes, ImportSidecar.LARGEST_BYTES) : largestBytes;
        return new Arrived(originals.stage(new SequenceInputStream(new ByteArrayInputStream(head), in), limitBytes), kind, name == null ? "" : name);
    }

    /// Reads what the client is still sending, within reason, so that it gets to see the answer rather than a closed connection.
    private static void drain(InputStream in) {
        try {
            in.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException e) {
            // the client has gone; so be it
        }
    }

    private static String field(FileItemInput part) throws IOException {
        var bytes = part.getInputStream().readNBytes(LONGEST_FIELD_BYTES + 1);
        if (bytes.length > LONGEST_FIELD_BYTES) {
            throw Problem.BAD_VALUE.because("The field %s is longer than %d bytes.".formatted(part.getFieldName(), LONGEST_FIELD_BYTES));
        }
        return new String(bytes, StandardCharsets.UTF_8).strip();
    }

    private static UploadForm checked(@Nullable Arrived arrived, Map<String, String> fields) {
        if (arrived == null) {
            throw Problem.BAD_REQUEST.because("The part `file` is missing.");
        }
        var announced = fields.getOrDefault("sha256", "");
        if (!announced.isEmpty() && !Digest.ofHex(announced).equals(arrived.bytes().digest())) {
            throw Problem.DIGEST_MISMATCH.because("Announced was %s, but %s arrived. Nothing was kept; send the file again."
                    .formatted(announced, arrived.bytes().digest().hex()));
        }
        var takenAt = fields.getOrDefault("takenAt", "");
        return new UploadForm(arrived.bytes(), arrived.kind(), new ImportPicture.Words(fields.getOrDefault("folder", ""), arrived.fileName(),
                takenAt.isEmpty() ? null : TakenAtText.parse(takenAt), fields.getOrDefault("source", "")));
    }

    @Override
    public void close() {
        bytes.close();
    }
}
