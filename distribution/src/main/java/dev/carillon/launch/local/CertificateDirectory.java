package dev.carillon.launch.local;

import dev.carillon.cluster.tls.CertificateAuthority;
import dev.carillon.cluster.tls.CertificateAuthority.Validity;
import dev.carillon.cluster.tls.Credentials;
import dev.carillon.cluster.tls.Pem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.util.Set;

/**
 * A directory of PEM files, a certificate and a key for each name. Keys can be read by their owner
 * alone from the moment in which they exist.
 */
public record CertificateDirectory(Path path) {
  /** The name of the authority. */
  public static final String AUTHORITY = "ca";

  private static final FileAttribute<Set<PosixFilePermission>> KEY_MODE = mode("rw-------");
  private static final FileAttribute<Set<PosixFilePermission>> CERTIFICATE_MODE = mode("rw-r--r--");
  private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY_MODE = mode("rwx------");

  private static FileAttribute<Set<PosixFilePermission>> mode(String permissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
  }

  /**
   * The directory, created when it does not exist.
   *
   * @throws LaunchException if that is impossible
   */
  public static CertificateDirectory open(Path path) {
    try {
      Files.createDirectories(path, DIRECTORY_MODE);
      return new CertificateDirectory(path);
    } catch (IOException failed) {
      throw new LaunchException(
          "--out " + path + " (expected: a directory that can be created)", failed);
    }
  }

  public Path certificate(String name) {
    return path.resolve(name + ".pem");
  }

  public Path key(String name) {
    return path.resolve(name + "-key.pem");
  }

  /** Whether there is an authority, or a part of one. */
  public boolean hasAuthority() {
    return Files.exists(certificate(AUTHORITY)) || Files.exists(key(AUTHORITY));
  }

  /**
   * The authority that is there.
   *
   * @throws LaunchException if it can't be used
   */
  public CertificateAuthority authority() {
    try {
      return CertificateAuthority.of(
          Files.readString(certificate(AUTHORITY)), Files.readString(key(AUTHORITY)));
    } catch (NoSuchFileException missing) {
      throw new LaunchException(missing.getFile() + " (expected: a file that exists)", missing);
    } catch (IOException unreadable) {
      throw new LaunchException(path + " (expected: files that can be read)", unreadable);
    } catch (IllegalArgumentException unusable) {
      throw new LaunchException(
          certificate(AUTHORITY)
              + " and "
              + key(AUTHORITY)
              + " (expected: "
              + unusable.getMessage()
              + ")",
          unusable);
    }
  }

  /** A new authority, in files. */
  public CertificateAuthority makeAuthority(Validity validity) {
    var authority = CertificateAuthority.create(validity);
    write(AUTHORITY, authority.credentials(), false);
    return authority;
  }

  /**
   * Fails when something of this name is there.
   *
   * @throws LaunchException with the file
   */
  public void checkFree(String name) {
    for (var file : Set.of(certificate(name), key(name))) {
      if (Files.exists(file)) {
        throw new LaunchException(file + " exists (expected: a new file): --force replaces it");
      }
    }
  }

  /** Writes both files; the key first, so that no certificate is there without it. */
  public void write(String name, Credentials credentials, boolean replace) {
    var certificate = certificate(name);
    try {
      var key = Pem.privateKey(credentials.key().getEncoded());
      write(key(name), key, KEY_MODE, replace);
      var text = Pem.certificate(credentials.certificate().getEncoded());
      write(certificate, text, CERTIFICATE_MODE, replace);
    } catch (FileAlreadyExistsException another) {
      throw new LaunchException(
          another.getFile() + " exists (expected: a new file): --force replaces it", another);
    } catch (IOException | CertificateEncodingException failed) {
      throw new LaunchException(
          certificate + " (expected: a file that can be written; " + failed.getMessage() + ")",
          failed);
    }
  }

  private static void write(
      Path file, String text, FileAttribute<Set<PosixFilePermission>> mode, boolean replace)
      throws IOException {
    if (!replace) {
      Files.writeString(Files.createFile(file, mode), text);
      return;
    }
    var draft = file.resolveSibling("." + file.getFileName() + ".draft");
    Files.deleteIfExists(draft);
    Files.writeString(Files.createFile(draft, mode), text);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
