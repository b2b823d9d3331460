package picup.media;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.media.decoding.DecoderPool;
import picup.media.decoding.DecoderSettings;
import picup.media.decoding.DecodingBudget;
import picup.platform.InRole;
import picup.platform.PicupSettings;
import picup.platform.Role;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class MediaConfiguration {
    @Bean
    @InRole(Role.WORKER)
    DecodingBudget decodingBudget(WorkerSettings worker) {
        return new DecodingBudget(worker.decodersHere(), worker.memoryBytesFor(worker.decodersHere()));
    }

    @Bean(destroyMethod = "close")
    @InRole(Role.WORKER)
    DecoderPool decoders(WorkerSettings worker, PicupSettings picup, DecodingBudget budget) {
        return new DecoderPool(DecoderSettings.defaults(worker.folderIn(picup).resolve("pictures")), budget);
    }

    /// After the start, for which the cores are needed.
    @Bean
    @InRole(Role.WORKER)
    ApplicationListener<ApplicationReadyEvent> warmDecoder(DecoderPool decoders) {
        return ready -> decoders.warm();
    }

    @Bean(destroyMethod = "close")
    @InRole(Role.WORKER)
    VideoDecoders videoDecoders(WorkerSettings worker, PicupSettings picup, DecodingBudget budget) {
        return new VideoDecoders(new DecoderPool(DecoderSettings.defaults(worker.folderIn(picup).resolve("videos")).onDemand(), budget));
    }

    @Bean
    JobKind<RenderOriginal.Unseen> renderOriginalKind() {
        return RenderOriginal.KIND;
    }

    @Bean
    JobKind<EditOriginal.Wanted> editOriginalKind() {
        return EditOriginal.KIND;
    }

    @Bean
    JobKind<SweepRenditions.Sweep> sweepRenditionsKind() {
        return SweepRenditions.KIND;
    }

    @Bean
    JobKind<RemakeRenditions.Walk> remakeRenditionsKind() {
        return RemakeRenditions.KIND;
    }

    @Bean
    @InRole(Role.WORKER)
    ApplicationRunner renditionsOfFormerSettings(RemakeRenditions remake) {
        return arguments -> remake.begin();
    }

    @Bean
    JobKind<RereadFacts.Seen> rereadFactsKind() {
        return RereadFacts.KIND;
    }

    @Bean
    JobKind<DescribeSidecar.Unread> describeSidecarKind() {
        return DescribeSidecar.KIND;
    }

    @Bean
    JobKind<MakePlayable.Unplayable> makePlayableKind() {
        return MakePlayable.KIND;
    }
}
