using MemU.Encryption;

namespace MemU.Tests.Encryption;

public sealed class SpaceCipherTests
{
    private static readonly MemoryScope Alice = new("alice");
    private readonly SpaceCipher cipher = new(Alice, CryptHouse.Key(1));

    [Theory]
    [InlineData("")]
    [InlineData("Alice is allergic to peanuts.")]
    [InlineData("ä漢🦆\0\n'\"")]
    public void A_text_comes_back_in_its_place(string text) => Assert.Equal(text, cipher.Open("item.summary", "7", cipher.Seal("item.summary", "7", text)));

    [Fact]
    public void Nothing_stays_nothing() => Assert.Null(cipher.Open("passage.role", "7", cipher.Seal("passage.role", "7", null)));

    [Fact]
    public void The_same_text_in_the_same_place_is_the_same_and_elsewhere_another()
    {
        var here = cipher.Seal("item.summary", "7", "tea");

        Assert.Equal(here, new SpaceCipher(Alice, CryptHouse.Key(1)).Seal("item.summary", "7", "tea"));
        string?[] others =
        [
            here, cipher.Seal("item.summary", "8", "tea"), cipher.Seal("category.name", "7", "tea"), cipher.Seal("item.summary", "7", "teA"),
            cipher.Seal("item.summary", "7t", "ea"), new SpaceCipher(Alice, CryptHouse.Key(2)).Seal("item.summary", "7", "tea"),
        ];
        Assert.Equal(others.Length, others.Distinct().Count());
        Assert.Equal(others.Length, others.Select(o => o![..19]).Distinct().Count());
    }

    [Fact]
    public void A_text_decrypts_in_no_other_place_and_no_other_space()
    {
        var here = cipher.Seal("item.summary", "7", "Alice likes tea");

        foreach (var attempt in new Func<string?>[]
        {
            () => cipher.Open("item.summary", "8", here),
            () => cipher.Open("category.name", "7", here),
            () => new SpaceCipher(Alice, CryptHouse.Key(2)).Open("item.summary", "7", here),
            () => cipher.Open("item.summary", "7", here[..^4] + "AAAA"),
            () => cipher.Open("item.summary", "7", "e1:"),
            () => cipher.Open("item.summary", "7", "e1:no base64!"),
        })
        {
            var error = Assert.Throws<MemoryStoreException>(() => attempt());
            Assert.Contains("cannot be decrypted", error.Message, StringComparison.Ordinal);
            Assert.Contains("alice", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("tea", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_plain_text_is_told_from_an_encrypted_one() =>
        Assert.Contains("not encrypted", Assert.Throws<MemoryStoreException>(() => cipher.Open("item.summary", "7", "Alice likes tea")).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_come_back_in_their_place_only()
    {
        byte[] vector = [0, 0, 128, 63, 0, 0, 0, 64], into = new byte[8];
        var written = cipher.SealBytes("items", "7", vector);

        Assert.True(cipher.TryOpenBytes("items", "7", written, into));
        Assert.Equal(vector, into);
        Assert.NotEqual(written, cipher.SealBytes("items", "7", vector));
        Assert.False(cipher.TryOpenBytes("items", "8", written, into));
        Assert.False(cipher.TryOpenBytes("categories", "7", written, into));
        Assert.False(cipher.TryOpenBytes("items", "7", written.AsSpan(0, 35), into));
        Assert.False(new SpaceCipher(Alice, CryptHouse.Key(2)).TryOpenBytes("items", "7", written, into));
    }
}
