package picup.decoder;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One file to look into.
///
/// @param input        the original; only read
/// @param outputFolder where the renditions go, under the fixed names of [RenditionFile.Name]
/// @param kind         decided by the caller with [FileKind#of]
/// @param recipe       what to make of it; of `EDIT` only
public record DecodeRequest(Task task, Path input, Path outputFolder, FileKind kind, Limits limits, @Nullable Recipe recipe) {

    public enum Task {
        /// Facts, a thumbnail, a preview and a placeholder, from one decode.
        RENDER,
        /// A video made playable in every browser, unless it already is, and a hover preview of it.
        PLAYABLE,
        /// Facts alone, of a picture that has its renditions.
        FACTS,
        /// What a sidecar says.
        DESCRIBE,
        /// Renditions and a placeholder of what a [Recipe] makes of a photo.
        EDIT
    }

    public DecodeRequest {
        if (task == Task.PLAYABLE && !kind.video()) {
            throw new IllegalArgumentException("only a video can be made playable, not " + kind);
        }
        if ((task == Task.DESCRIBE) != kind.sidecar()) {
            throw new IllegalArgumentException(task + " isn't for " + kind);
        }
        if (task == Task.EDIT && kind.video() || (task == Task.EDIT) != (recipe != null)) {
            throw new IllegalArgumentException(task + " of " + kind + " with the recipe " + recipe);
        }
    }

    public DecodeRequest(Task task, Path input, Path outputFolder, FileKind kind, Limits limits) {
        this(task, input, outputFolder, kind, limits, null);
    }

    public static DecodeRequest render(Path input, Path outputFolder, FileKind kind) {
        return new DecodeRequest(Task.RENDER, input, outputFolder, kind, Limits.forRendering());
    }

    public static DecodeRequest playable(Path input, Path outputFolder, FileKind kind) {
        return new DecodeRequest(Task.PLAYABLE, input, outputFolder, kind, Limits.forPlayable());
    }

    public static DecodeRequest facts(Path input, Path outputFolder, FileKind kind) {
        return new DecodeRequest(Task.FACTS, input, outputFolder, kind, Limits.forRendering());
    }

    public static DecodeRequest edit(Path input, Path outputFolder, FileKind kind, Recipe recipe) {
        return new DecodeRequest(Task.EDIT, input, outputFolder, kind, Limits.forRendering(), recipe);
    }

    public static DecodeRequest describe(Path input, Path outputFolder, FileKind kind) {
        return new DecodeRequest(Task.DESCRIBE, input, outputFolder, kind, Limits.forRendering());
    }
}
