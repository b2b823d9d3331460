package picup.decoder;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/// How [Recipe] goes over the pipe.
final class RecipeOnTheWire {

    private RecipeOnTheWire() {}

    static void write(DataOutputStream out, Recipe recipe) throws IOException {
        out.writeByte(recipe.turns());
        out.writeBoolean(recipe.mirrored());
        out.writeDouble(recipe.straightenDegrees());
        Recipe.Crop crop = recipe.crop();
        out.writeDouble(crop.x());
        out.writeDouble(crop.y());
        out.writeDouble(crop.width());
        out.writeDouble(crop.height());
        Recipe.Tones tones = recipe.tones();
        for (int slider : new int[] {tones.exposure(), tones.contrast(), tones.highlights(), tones.shadows(), tones.warmth(), tones.saturation()}) {
            out.writeByte(slider);
        }
    }

    static Recipe read(DataInputStream in) throws IOException {
        return new Recipe(in.readByte(), in.readBoolean(), in.readDouble(),
                new Recipe.Crop(in.readDouble(), in.readDouble(), in.readDouble(), in.readDouble()),
                new Recipe.Tones(in.readByte(), in.readByte(), in.readByte(), in.readByte(), in.readByte(), in.readByte()));
    }
}
