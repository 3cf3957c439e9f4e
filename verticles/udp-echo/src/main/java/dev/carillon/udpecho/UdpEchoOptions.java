package dev.carillon.udpecho;

import dev.carillon.config.Option;
import dev.carillon.config.Section;

/** Options of the UDP echo. */
@Section(value = "udp_echo", doc = "Answers each datagram with the same bytes.")
public record UdpEchoOptions(
    @Option(
            value = "127.0.0.1",
            doc = "Address to listen on.",
            why = "Nothing is reachable from outside before the operator says so.")
        String bind,
    @Option(
            value = "7007",
            doc = "UDP port; 0 takes any free one.",
            why = "The same number as the TCP echo.",
            min = "0",
            max = "65535")
        int port,
    @Option(
            value = "500",
            doc = "Datagrams a second that one source gets answered (IPv6: one /64).",
            why = "Enough to measure a round trip every 2 ms; useless for a flood.",
            min = "1",
            max = "1000000")
        int sourceRate,
    @Option(
            value = "1000",
            doc = "Datagrams that a source may send at once before its rate counts.",
            why = "Two seconds of the rate.",
            min = "1",
            max = "1000000")
        int sourceBurst,
    @Option(
            value = "1048576",
            doc = "Bytes a second that one source gets answered, 28 for each datagram's headers.",
            why = "A forged source then costs its victim 1 MiB/s at most, as much as it costs us.",
            min = "1024",
            max = "1073741824")
        int sourceBytesPerSecond,
    @Option(
            value = "2097152",
            doc = "Bytes that a source may send at once before its rate counts.",
            why = "31 datagrams of the largest size.",
            min = "65535",
            max = "1073741824")
        int sourceBurstBytes,
    @Option(
            value = "50000",
            doc = "Sources that are counted at once; while all of them are busy, others wait.",
            why = "About 10 MB, and no flood of forged sources can make it more.",
            min = "1",
            max = "10000000")
        int sourcesMax,
    @Option(
            value = "1048576",
            doc = "Bytes of answers that may wait for the network; further ones are dropped.",
            why = "A datagram that waits longer is of no use; the sender repeats it.",
            min = "65535",
            max = "1073741824")
        int sendQueueMaxBytes,
    @Option(
            value = "262144",
            doc = "Receive buffer of the socket, in bytes; also the largest datagram that fits.",
            why = "Linux gives 208 KiB at most unless net.core.rmem_max is raised.",
            min = "65535",
            max = "16777216")
        int receiveBufferBytes) {}
