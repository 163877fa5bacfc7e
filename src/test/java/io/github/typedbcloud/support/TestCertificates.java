package io.github.typedbcloud.support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** A certificate authority for tests, which signs certificates for IPv4 addresses. Thread-safe. */
public final class TestCertificates {

  private static final char[] PASSWORD = "x".toCharArray();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final int BOOLEAN = 0x01;
  private static final int INTEGER = 0x02;
  private static final int BIT_STRING = 0x03;
  private static final int OCTET_STRING = 0x04;
  private static final int UTF8_STRING = 0x0c;
  private static final int GENERALIZED_TIME = 0x18;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int IP_ADDRESS = 0x87;

  private static final byte[] TRUE = der(BOOLEAN, bytes(0xff));
  private static final byte[] COMMON_NAME = bytes(0x06, 3, 0x55, 0x04, 0x03);
  private static final byte[] ALTERNATIVE_NAME = bytes(0x06, 3, 0x55, 0x1d, 0x11);
  private static final byte[] BASIC_CONSTRAINTS = bytes(0x06, 3, 0x55, 0x1d, 0x13);

  /** ECDSA with SHA-256. */
  private static final byte[] ALGORITHM =
      der(SEQUENCE, bytes(0x06, 8, 0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));

  private final AtomicInteger serial = new AtomicInteger();
  private final KeyPair authorityKey = keyPair();
  private final Certificate authority;

  private final String authorityName;

  /** A new authority, which nobody trusts, valid for the period in which its certificates are. */
  public TestCertificates(String name, Instant from, Instant to) {
    authorityName = name;
    byte[] isAuthority = extension(BASIC_CONSTRAINTS, der(SEQUENCE, TRUE));
    authority = certificate(authorityKey, name, from, to, isAuthority);
  }

  /** What a server needs that proves with a certificate of this authority who it is. */
  public SSLContext server(int[] address, Instant from, Instant to) {
    try {
      KeyPair key = keyPair();
      byte[] names = der(SEQUENCE, der(IP_ADDRESS, bytes(address)));
      Certificate own = certificate(key, "server", from, to, extension(ALTERNATIVE_NAME, names));
      KeyStore store = emptyStore();
      store.setKeyEntry("own", key.getPrivate(), PASSWORD, new Certificate[] {own, authority});
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Trusts this authority alone. */
  public X509TrustManager trustManager() {
    try {
      KeyStore store = emptyStore();
      store.setCertificateEntry("authority", authority);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      return (X509TrustManager) trust.getTrustManagers()[0];
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Certificate certificate(
      KeyPair key, String name, Instant from, Instant to, byte[] extension) {
    byte[] content =
        der(
            SEQUENCE,
            der(0xa0, der(INTEGER, bytes(2))),
            der(INTEGER, BigInteger.valueOf(serial.incrementAndGet()).toByteArray()),
            ALGORITHM,
            name(authorityName),
            der(SEQUENCE, time(from), time(to)),
            name(name),
            key.getPublic().getEncoded(),
            der(0xa3, der(SEQUENCE, extension)));
    byte[] signature = sign(content, authorityKey.getPrivate());
    byte[] encoded = der(SEQUENCE, content, ALGORITHM, der(BIT_STRING, bytes(0), signature));
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] extension(byte[] identifier, byte[] value) {
    return der(SEQUENCE, identifier, TRUE, der(OCTET_STRING, value));
  }

  private static byte[] name(String commonName) {
    byte[] text = der(UTF8_STRING, commonName.getBytes(StandardCharsets.UTF_8));
    return der(SEQUENCE, der(SET, der(SEQUENCE, COMMON_NAME, text)));
  }

  private static byte[] time(Instant time) {
    return der(GENERALIZED_TIME, TIME.format(time).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] sign(byte[] content, PrivateKey key) {
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(content);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, PASSWORD);
      return store;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A value in the encoding of certificates: tag, length, contents. */
  private static byte[] der(int tag, byte[]... contents) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] content : contents) {
      all.writeBytes(content);
    }
    ByteArrayOutputStream value = new ByteArrayOutputStream();
    value.write(tag);
    if (all.size() >= 0x100) {
      value.write(0x82);
      value.write(all.size() >> 8);
    } else if (all.size() >= 0x80) {
      value.write(0x81);
    }
    value.write(all.size());
    value.writeBytes(all.toByteArray());
    return value.toByteArray();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
