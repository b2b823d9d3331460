package picup.media;

import org.jspecify.annotations.Nullable;

/// What administrators ordered, for all workers.
///
/// @param paused      whether nothing is decoded
/// @param decoders    at work at a time in each worker; null as the worker is configured
/// @param memoryBytes of all decoders of a worker; null as the worker is configured
public record DecodingOrder(boolean paused, @Nullable Integer decoders, @Nullable Long memoryBytes) {}
