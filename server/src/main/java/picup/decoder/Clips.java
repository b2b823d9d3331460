package picup.decoder;

final class Clips {
    private Clips() {}

    static DecodeAnswer answer(DecodeRequest request) throws Refusal {
        throw new Refusal(DecodeAnswer.Reason.UNSUPPORTED, "videos come next");
    }
}
