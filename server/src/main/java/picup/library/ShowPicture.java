package picup.library;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import picup.decoder.Facts;
import picup.media.FactsRead;
import picup.media.OriginalRendered;
import picup.media.OriginalUnreadable;
import picup.media.VideoPlayable;
import picup.platform.InRole;
import picup.platform.MemberId;
import picup.platform.Role;
import picup.storage.Digest;

/// Brings what the decoders found into the library, inside the transaction of the job that found it. What a person
/// edited stays as the person wants it.
@Component
@InRole(Role.WORKER)
class ShowPicture {
    private final JdbcClient sql;
    private final Items items;
    private final Pictures pictures;
    private final ApplicationEventPublisher events;

    ShowPicture(JdbcClient sql, Items items, Pictures pictures, ApplicationEventPublisher events) {
        this.sql = sql;
        this.items = items;
        this.pictures = pictures;
        this.events = events;
    }

    @EventListener
    void on(OriginalRendered rendered) {
        show(rendered.owner(), rendered.digest(), rendered.facts(), rendered.renditions());
        pictures.find(rendered.owner(), rendered.digest()).filter(picture -> picture.edit().shown() != null).ifPresent(picture ->
                events.publishEvent(new EditOutdated(picture.owner(), picture.id(), picture.edit().number())));
    }

    /// Facts that were read again, of a picture that is shown as it was.
    @EventListener
    void on(FactsRead read) {
        show(read.owner(), read.digest(), read.facts(), null);
    }

    private void show(MemberId owner, Digest digest, Facts facts, @Nullable List<String> renditions) {
        items.lock(owner);
        var before = pictures.find(owner, digest);
        if (before.isEmpty()) {
            return; // deleted for good meanwhile
        }
        var id = before.get().id();
        write(owner, before.get(), facts, renditions);
        events.publishEvent(new PictureLookedInto(owner, id, facts));
        // Found by its id once more, because it may have been deleted for good between the two.
        pictures.find(owner, id).ifPresent(after -> events.publishEvent(
                LibraryChanged.one(owner, id, after.state().text(), before.get().takenAt(), after.takenAt())));
    }

    private void write(MemberId owner, Picture picture, Facts facts, @Nullable List<String> renditions) {
        var taken = facts.taken();
        var place = facts.place();
        var clip = facts.clip();
        sql.sql("""
                UPDATE storage.picture SET
                    state = CASE WHEN :rendered THEN 'ready' ELSE state END, reason = CASE WHEN :rendered THEN NULL ELSE reason END,
                    width = CASE WHEN shown_edit IS NULL THEN :width ELSE width END, original_width = CASE WHEN shown_edit IS NULL THEN NULL ELSE :width END,
                    height = CASE WHEN shown_edit IS NULL THEN :height ELSE height END, original_height = CASE WHEN shown_edit IS NULL THEN NULL ELSE :height END,
                    thumb_hash = CASE WHEN shown_edit IS NULL THEN coalesce(:thumbHash, thumb_hash) ELSE thumb_hash END,
                    original_thumb_hash = CASE WHEN shown_edit IS NULL THEN NULL ELSE coalesce(:thumbHash, original_thumb_hash) END,
                    taken_at = CASE WHEN keep_time THEN taken_at ELSE :taken END,
                    taken_offset_seconds = CASE WHEN keep_time THEN taken_offset_seconds ELSE :offset END,
                    taken_at_source = CASE WHEN keep_time THEN taken_at_source ELSE :source END,
                    latitude = CASE WHEN keep_place THEN latitude ELSE :latitude END,
                    longitude = CASE WHEN keep_place THEN longitude ELSE :longitude END,
                    altitude = CASE WHEN keep_place THEN altitude ELSE :altitude END,
                    make = :make, model = :model, lens = :lens,
                    iso = :iso, exposure_seconds = :exposure, f_number = :fNumber, focal_length_mm = :focalLength,
                    duration_ms = :duration, original_playable = :playable,
                    frames = :frames, hdr = :hdr, colour_profile = :colourProfile, panorama = :panorama::jsonb,
                    frames_per_second = :framesPerSecond, codec = :codec, audio_codec = :audioCodec,
                    live_id = :liveId, burst_id = :burstId, facts_version = :factsVersion, faces = :faces::jsonb,
                    tags = CASE WHEN 'tags' = ANY (edited) THEN tags ELSE :tags END,
                    description = CASE WHEN 'description' = ANY (edited) THEN description ELSE :description END,
                    rating = CASE WHEN 'rating' = ANY (edited) THEN rating ELSE :rating END,
                    renditions = CASE WHEN :rendered THEN :renditions ELSE renditions END, version = version + 1
                FROM (SELECT (:taken::timestamp IS NULL OR 'takenAt' = ANY (edited)) AS keep_time, 'place' = ANY (edited) AS keep_place
                      FROM storage.picture WHERE owner_id = :owner AND id = :id) AS decision
                WHERE owner_id = :owner AND id = :id
                """)
                .param("owner", owner.value())
                .param("id", picture.id())
                .param("rendered", renditions != null)
                .param("width", facts.image().width())
                .param("height", facts.image().height())
                .param("thumbHash", facts.thumbHash())
                .param("taken", taken == null ? null : taken.at())
                .param("offset", taken == null ? null : taken.offsetSeconds())
                .param("source", taken == null ? null : taken.source())
                .param("latitude", place == null ? null : place.latitude())
                .param("longitude", place == null ? null : place.longitude())
                .param("altitude", place == null ? null : place.altitudeMetres())
                .param("make", facts.camera().make())
                .param("model", facts.camera().model())
                .param("lens", facts.camera().lens())
                .param("iso", facts.camera().iso())
                .param("exposure", facts.camera().exposureSeconds())
                .param("fNumber", facts.camera().fNumber())
                .param("focalLength", facts.camera().focalLengthMm())
                .param("duration", clip == null ? null : clip.durationMs())
                .param("playable", clip != null && clip.playableAsIs())
                .param("frames", facts.image().frames())
                .param("hdr", facts.image().hdr())
                .param("colourProfile", facts.image().colourProfile())
                .param("panorama", FactColumns.json(facts.image().panorama()))
                .param("framesPerSecond", clip == null ? null : clip.framesPerSecond())
                .param("codec", clip == null ? null : clip.codec())
                .param("audioCodec", clip == null ? null : clip.audioCodec())
                .param("liveId", facts.ties().liveId())
                .param("burstId", facts.ties().burstId() != null ? facts.ties().burstId() : BurstName.idOf(picture.item().folder(), picture.fileName()))
                .param("factsVersion", Facts.VERSION)
                .param("faces", FactColumns.json(facts.words().faces()))
                .param("tags", facts.words().tags().toArray(String[]::new))
                .param("description", facts.words().description())
                .param("rating", facts.words().rating())
                .param("renditions", (renditions == null ? List.<String>of() : renditions).toArray(String[]::new))
                .update();
    }

    @EventListener
    void on(OriginalUnreadable unreadable) {
        mark(unreadable.owner(), unreadable.digest(), unreadable.reason());
    }

    private void mark(MemberId owner, Digest digest, String reason) {
        sql.sql("""
                UPDATE storage.picture SET state = 'failed', reason = :reason, version = version + 1
                WHERE owner_id = :owner AND digest = :digest
                """)
                .param("owner", owner.value()).param("digest", digest.bytes()).param("reason", reason).update();
        pictures.find(owner, digest).ifPresent(picture ->
                events.publishEvent(LibraryChanged.one(owner, picture.id(), "failed", picture.takenAt())));
    }

    @EventListener
    void on(VideoPlayable playable) {
        pictures.find(playable.owner(), playable.digest()).ifPresent(picture -> {
            Set<String> renditions = new TreeSet<>(picture.renditions());
            renditions.addAll(playable.renditions());
            sql.sql("UPDATE storage.picture SET renditions = :renditions, version = version + 1 WHERE owner_id = :owner AND id = :id")
                    .param("owner", playable.owner().value())
                    .param("id", picture.id())
                    .param("renditions", renditions.toArray(String[]::new))
                    .update();
            events.publishEvent(LibraryChanged.one(playable.owner(), picture.id(), "ready", picture.takenAt()));
        });
    }
}
