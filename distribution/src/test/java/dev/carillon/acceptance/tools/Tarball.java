package dev.carillon.acceptance.tools;

import static java.util.Objects.requireNonNull;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.brotli.dec.BrotliInputStream;

/**
 * Reads POSIX tar archives: regular files and folders, which is all that the packages here hold.
 *
 * <p>Format: POSIX.1-1988 "ustar". A header block of 512 bytes, then the content padded to blocks.
 */
final class Tarball {

  private static final int BLOCK = 512;
  private static final char FILE = '0';
  private static final char OLD_FILE = '\0';
  private static final char FOLDER = '5';

  private Tarball() {}

  static void unpackGzip(Path tarball, Path folder) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(tarball))) {
      unpack(in, folder);
    }
  }

  static void unpackBrotli(Path tarball, Path folder) throws IOException {
    try (InputStream in = new BrotliInputStream(Files.newInputStream(tarball))) {
      unpack(in, folder);
    }
  }

  private static void unpack(InputStream in, Path folder) throws IOException {
    Files.createDirectories(folder);
    InputStream tar = new BufferedInputStream(in, 1 << 16);
    byte[] header = new byte[BLOCK];
    while (tar.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
      Path target = inside(folder, text(header, 345, 155), text(header, 0, 100));
      long size = Long.parseLong(text(header, 124, 12).strip(), 8);
      char type = (char) header[156];
      if (type == FOLDER) {
        Files.createDirectories(target);
      }
      if (type == FILE || type == OLD_FILE) {
        Files.createDirectories(requireNonNull(target.getParent()));
        copy(tar, size, target);
        makeExecutable(target, Integer.parseInt(text(header, 100, 8).strip(), 8));
        size = Math.floorMod(-size, BLOCK);
      }
      tar.skipNBytes(size);
    }
  }

  /** Paths that lead out of the folder are refused, whoever packed them. */
  private static Path inside(Path folder, String prefix, String name) throws IOException {
    Path target = folder.resolve(prefix.isEmpty() ? name : prefix + "/" + name).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException(name + " (expected: a path inside the archive)");
    }
    return target;
  }

  private static void copy(InputStream tar, long size, Path target) throws IOException {
    byte[] buffer = new byte[1 << 16];
    try (OutputStream out = Files.newOutputStream(target)) {
      for (long left = size; left > 0; ) {
        int read = tar.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          throw new EOFException(target + " ends " + left + " bytes early");
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    }
  }

  private static void makeExecutable(Path target, int mode) {
    if ((mode & 0111) != 0 && !target.toFile().setExecutable(true)) {
      throw new IllegalStateException(target + " (expected: a file system with execute rights)");
    }
  }

  private static String text(byte[] header, int offset, int length) {
    int end = offset;
    while (end < offset + length && header[end] != 0) {
      end++;
    }
    return new String(header, offset, end - offset, StandardCharsets.UTF_8);
  }
}
