package picup.decoder;

/// Carries a refusal from wherever it is noticed to the answer.
final class Refusal extends Exception {

    private final DecodeAnswer.Reason reason;

    Refusal(DecodeAnswer.Reason reason, String detail) {
        super(detail);
        this.reason = reason;
    }

    DecodeAnswer.Refused answer() {
        String detail = CleanText.of(getMessage(), 1000);
        return new DecodeAnswer.Refused(reason, detail == null ? "no reason given" : detail);
    }
}
