package picup.library.web;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import picup.library.Pictures;
import picup.library.ReadFactsAgain;
import picup.library.archive.PictureXmp;
import picup.platform.MemberId;

/// What files say, read again; and what people say, to take along.
@RestController
class FactsController {
    private final Pictures pictures;
    private final ReadFactsAgain reading;
    private final PictureXmp xmp;

    FactsController(Pictures pictures, ReadFactsAgain reading, PictureXmp xmp) {
        this.pictures = pictures;
        this.reading = reading;
        this.xmp = xmp;
    }

    /// Reads the file again; the live stream tells when that is done. What a person edited stays.
    @PostMapping("/api/pictures/{id}/facts")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void again(MemberId member, @PathVariable UUID id) {
        reading.one(member, id);
    }

    /// Reads all files of the caller again, after everything that somebody waits for.
    @PostMapping("/api/facts")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void all(MemberId member) {
        reading.all(member);
    }

    /// An XMP sidecar with what Picup knows of the picture, edits first of all, for photo programs to read beside the original.
    @GetMapping("/api/pictures/{id}/xmp")
    ResponseEntity<Resource> xmp(MemberId member, @PathVariable UUID id) {
        var picture = pictures.require(member, id);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType("application/rdf+xml"))
                .header("Content-Disposition", ContentDisposition.attachment().filename(picture.fileName() + ".xmp", StandardCharsets.UTF_8).build().toString())
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .header("X-Content-Type-Options", "nosniff")
                .body(new ByteArrayResource(xmp.of(picture).getBytes(StandardCharsets.UTF_8)));
    }
}
