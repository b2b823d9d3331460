package picup.media;

import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import picup.media.decoding.DecoderPool;
import picup.media.decoding.DecoderSettings;
import picup.platform.InRole;
import picup.platform.PicupSettings;
import picup.platform.Role;
import picup.platform.jobs.JobKind;

@Configuration(proxyBeanMethods = false)
class MediaConfiguration {
    @Bean(destroyMethod = "close")
    @InRole(Role.WORKER)
    DecoderPool decoders(WorkerSettings worker, PicupSettings picup) {
        return new DecoderPool(DecoderSettings.defaults(worker.folderIn(picup).resolve("pictures")));
    }

    @Bean(destroyMethod = "close")
    @InRole(Role.WORKER)
    VideoDecoders videoDecoders(WorkerSettings worker, PicupSettings picup) {
        return new VideoDecoders(new DecoderPool(DecoderSettings.defaults(worker.folderIn(picup).resolve("videos")).oneAtATimeOnDemand()));
    }

    @Bean
    JobKind<RenderOriginal.Unseen> renderOriginalKind() {
        return RenderOriginal.KIND;
    }

    @Bean
    JobKind<SweepRenditions.Sweep> sweepRenditionsKind() {
        return SweepRenditions.KIND;
    }

    @Bean
    @InRole(Role.WORKER)
    ApplicationRunner firstSweepOfRenditions(SweepRenditions sweep) {
        return arguments -> sweep.scheduleNext();
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
