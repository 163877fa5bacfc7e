package io.github.typedbcloud.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.jspecify.annotations.Nullable;

/** A certificate for one run of the simulator. Its private key stays in memory. */
final class SelfSignedCertificate {

  /** The real service, for programs that cannot be given another URL. */
  private static final String SERVICE = "cloud.typedb.com";

  private static final int VALID_DAYS = 365;

  private final HeldCertificate certificate;

  /**
   * Creates a certificate for the loopback addresses, the real service, and a host.
   *
   * @param host a name or an address; wildcard addresses are of no use in a certificate but valid
   */
  SelfSignedCertificate(String host) {
    Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1", SERVICE));
    names.add(host);
    HeldCertificate.Builder builder =
        new HeldCertificate.Builder()
            .commonName("TypeDB Cloud simulator")
            // Clients reject two certificates with the same issuer and serial number.
            .serialNumber(new BigInteger(64, new SecureRandom()))
            .duration(VALID_DAYS, TimeUnit.DAYS);
    names.forEach(builder::addSubjectAlternativeName);
    certificate = builder.build();
  }

  /** For the server. */
  SSLContext context() {
    return new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslContext();
  }

  /**
   * Writes the certificate for the clients, without the private key, and returns the file.
   *
   * @param chosen the file; null for a temporary one, which is deleted when the process ends
   * @throws FileException when the chosen file cannot be written
   * @throws UncheckedIOException when the temporary one cannot be written
   */
  Path write(@Nullable Path chosen) {
    try {
      Path file = chosen == null ? temporaryFile() : chosen.toAbsolutePath();
      return Files.writeString(file, certificate.certificatePem());
    } catch (IOException e) {
      if (chosen != null) {
        throw new FileException("--tls-certificate", chosen, e);
      }
      throw new UncheckedIOException("Cannot write the certificate: " + e, e);
    }
  }

  private static Path temporaryFile() throws IOException {
    Path file = Files.createTempFile("typedb-cloud-simulator-", ".pem");
    file.toFile().deleteOnExit();
    return file;
  }
}
