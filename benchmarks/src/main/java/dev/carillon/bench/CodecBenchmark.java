package dev.carillon.bench;

import dev.carillon.channel.Bytes;
import dev.carillon.channel.ClientInfo;
import dev.carillon.channel.Publication;
import dev.carillon.protocol.Command;
import dev.carillon.protocol.Encoding;
import dev.carillon.protocol.EventPush;
import dev.carillon.protocol.Protocol;
import dev.carillon.protocol.ProtocolException;
import dev.carillon.protocol.PublishResult;
import dev.carillon.protocol.Reply;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Bytes to commands, replies and pushes to bytes, in both encodings. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {

  private static final String DATA = "{\"text\":\"" + "x".repeat(117) + "\"}";

  /** The same commands in both encodings, as clients send them. */
  private static final Map<String, String> JSON =
      Map.of(
          "connect",
          "{\"id\":1,\"connect\":{\"token\":\"" + "t".repeat(200) + "\",\"name\":\"js\"}}",
          "subscribe",
          "{\"id\":2,\"subscribe\":{\"channel\":\"chat:lobby\",\"recover\":true,\"epoch\":\"abcd\","
              + "\"offset\":7,\"recoverable\":true,\"flag\":1}}",
          "publish",
          "{\"id\":3,\"publish\":{\"channel\":\"chat:lobby\",\"data\":" + DATA + "}}",
          "history",
          "{\"id\":4,\"history\":{\"channel\":\"chat:lobby\",\"limit\":10}}",
          "pong",
          "{}");

  @Param({"JSON", "PROTOBUF"})
  public Encoding encoding = Encoding.JSON;

  private Protocol protocol = Protocol.of(encoding);
  private Map<String, byte[]> frames = Map.of();
  private final Reply reply = new Reply(3, new PublishResult());
  private final EventPush push = new EventPush("chat:lobby", publication());

  private static Publication publication() {
    var info =
        new ClientInfo(
            "guest:abcdefghijkl",
            "4f6f0c3e-5a71-4a0e-9a55-1d0a4c9f6e11",
            Bytes.utf8("{\"name\":\"Ana\"}"),
            Bytes.EMPTY);
    return new Publication(7, "abcd", Bytes.utf8(DATA), info, Map.of(), 0);
  }

  /** Chooses the frames of the encoding. */
  @Setup
  public void choose() {
    protocol = Protocol.of(encoding);
    frames = encoding == Encoding.JSON ? json() : protobuf();
  }

  private static Map<String, byte[]> json() {
    return Map.of(
        "connect", Bytes.utf8(JSON.getOrDefault("connect", "")).array(),
        "subscribe", Bytes.utf8(JSON.getOrDefault("subscribe", "")).array(),
        "publish", Bytes.utf8(JSON.getOrDefault("publish", "")).array(),
        "history", Bytes.utf8(JSON.getOrDefault("history", "")).array(),
        "pong", Bytes.utf8(JSON.getOrDefault("pong", "")).array());
  }

  /** Written by hand from the field numbers, so that no encoder for clients is needed. */
  private static Map<String, byte[]> protobuf() {
    var wire = new ProtobufFrames();
    return Map.of(
        "connect", wire.connect("t".repeat(200), "js"),
        "subscribe", wire.subscribe("chat:lobby", "abcd", 7),
        "publish", wire.publish("chat:lobby", DATA),
        "history", wire.history("chat:lobby", 10),
        "pong", Base64.getDecoder().decode("AA=="));
  }

  private List<Command> decode(String name) throws ProtocolException {
    return protocol.decode(frames.getOrDefault(name, new byte[0]));
  }

  @Benchmark
  public List<Command> decodeConnect() throws ProtocolException {
    return decode("connect");
  }

  @Benchmark
  public List<Command> decodeSubscribe() throws ProtocolException {
    return decode("subscribe");
  }

  @Benchmark
  public List<Command> decodePublish() throws ProtocolException {
    return decode("publish");
  }

  @Benchmark
  public List<Command> decodeHistory() throws ProtocolException {
    return decode("history");
  }

  @Benchmark
  public List<Command> decodePong() throws ProtocolException {
    return decode("pong");
  }

  @Benchmark
  public Bytes encodeReply() throws ProtocolException {
    return protocol.encode(reply);
  }

  @Benchmark
  public Bytes encodePublication() throws ProtocolException {
    return protocol.encode(push);
  }
}
