/// Keeps decoders: starts them with the least rights the system allows, hands each one file at a time, ends those that
/// hang, swell or lie, and never believes what they answer without looking.
///
/// ```
///  caller ──DecodeRequest──▶ DecoderPool ──frame──▶ stdin  ┌ decoder process ┐──▶ ffmpeg, ExifTool
///         ◀──DecodeAnswer──      │       ◀──frame── stdout └ own folder only ┘
///              or DecoderLost    └ deadline, memory of the whole tree, kill
/// ```
@NullMarked
package picup.media.decoding;

import org.jspecify.annotations.NullMarked;
