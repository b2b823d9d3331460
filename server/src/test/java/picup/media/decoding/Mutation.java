package picup.media.decoding;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Breaks files as accidents and attackers do. The same source and seed always give the same bytes, so a find is kept as
/// these two.
public final class Mutation {

    /// What lengths, counts and offsets are when somebody means harm.
    private static final int[] NASTY = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffff00, 0x40000000, 255, 256};

    private static final int HEAD_BYTES = 2048;
    private static final int MOST_AT_ONCE = 5;

    private final SplittableRandom random;
    private byte[] bytes;

    private Mutation(byte[] source, long seed) {
        this.bytes = source.clone();
        this.random = new SplittableRandom(seed);
    }

    /// @param others to cut pieces from
    public static byte[] of(byte[] source, List<byte[]> others, long seed) {
        Mutation mutation = new Mutation(source, seed);
        int steps = 1 + mutation.random.nextInt(MOST_AT_ONCE);
        for (int i = 0; i < steps && mutation.bytes.length > 16; i++) {
            mutation.step(others);
        }
        return mutation.bytes;
    }

    private void step(List<byte[]> others) {
        switch (random.nextInt(9)) {
            case 0 -> flipBits();
            case 1, 2 -> setNumber();
            case 3 -> bytes = Arrays.copyOf(bytes, place());
            case 4 -> repeatAPiece();
            case 5 -> removeAPiece();
            case 6 -> splice(others.get(random.nextInt(others.size())));
            case 7 -> fillAPiece();
            default -> nudgeANumber();
        }
    }

    /// Half of the time in the head, where what decides is.
    private int place() {
        int end = random.nextBoolean() ? Math.min(bytes.length, HEAD_BYTES) : bytes.length;
        return random.nextInt(4, Math.max(5, end));
    }

    private void flipBits() {
        for (int i = random.nextInt(1, 65); i > 0; i--) {
            bytes[Math.min(place(), bytes.length - 1)] ^= (byte) (1 << random.nextInt(8));
        }
    }

    private void setNumber() {
        int at = Math.min(place(), bytes.length - 4);
        int value = NASTY[random.nextInt(NASTY.length)];
        if (random.nextBoolean()) {
            ByteBuffer.wrap(bytes).putInt(at, random.nextBoolean() ? value : Integer.reverseBytes(value));
        } else {
            ByteBuffer.wrap(bytes).putShort(at, (short) value);
        }
    }

    private void nudgeANumber() {
        bytes[Math.min(place(), bytes.length - 1)] += (byte) (random.nextBoolean() ? 1 : -1);
    }

    private void repeatAPiece() {
        int from = Math.min(place(), bytes.length - 1);
        int length = Math.min(1 << random.nextInt(16), bytes.length - from);
        byte[] longer = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, from, longer, from + length, bytes.length - from);
        bytes = longer;
    }

    private void removeAPiece() {
        int from = Math.min(place(), bytes.length - 1);
        int length = Math.min(1 << random.nextInt(14), bytes.length - from);
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - length);
        System.arraycopy(bytes, from + length, shorter, from, bytes.length - from - length);
        bytes = shorter;
    }

    private void fillAPiece() {
        int from = Math.min(place(), bytes.length - 1);
        Arrays.fill(bytes, from, Math.min(bytes.length, from + (1 << random.nextInt(12))), (byte) NASTY[random.nextInt(NASTY.length)]);
    }

    private void splice(byte[] other) {
        int from = random.nextInt(other.length);
        int length = Math.min(1 << random.nextInt(16), other.length - from);
        int at = Math.min(place(), bytes.length - 1);
        System.arraycopy(other, from, bytes, at, Math.min(length, bytes.length - at));
    }
}
