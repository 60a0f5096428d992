using MemU.Encryption;
using MemU.Testing;

namespace MemU.Tests.Encryption;

public sealed class MasterKeyTests
{
    [Fact]
    public void A_key_is_read_from_base64_and_from_hexadecimal()
    {
        var key = CryptHouse.Key(1);

        Assert.Equal(new MasterKey(key, "").Id, MasterKey.Parse(Convert.ToBase64String(key) + "\n", "").Id);
        Assert.Equal(new MasterKey(key, "").Id, MasterKey.Parse(" " + Convert.ToHexString(key), "").Id);
        Assert.NotEqual(new MasterKey(key, "").Id, new MasterKey(CryptHouse.Key(2), "").Id);
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret-canary")]
    [InlineData("c2VjcmV0LWNhbmFyeQ==")]
    [InlineData("00112233445566778899aabbccddeeff00112233445566778899aabbccddee")]
    [InlineData("zz112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    public void What_is_no_key_is_refused_and_not_shown(string text)
    {
        var error = Assert.Throws<ArgumentException>(() => MasterKey.Parse(text, "the variable X"));

        Assert.Contains("the variable X", error.Message, StringComparison.Ordinal);
        Assert.True(text.Length == 0 || !error.Message.Contains(text, StringComparison.Ordinal));
    }

    [Fact]
    public void A_wrapped_key_unwraps_with_its_master_key_for_its_space_only()
    {
        var master = new MasterKey(CryptHouse.Key(1), "");
        var wrapped = master.Wrap(CryptHouse.Key(9), CryptHouse.Alice.Key);

        Assert.Equal(CryptHouse.Key(9), master.Unwrap(wrapped, CryptHouse.Alice.Key));
        Assert.Null(master.Unwrap(wrapped, CryptHouse.Bob.Key));
        Assert.Null(new MasterKey(CryptHouse.Key(2), "").Unwrap(wrapped, CryptHouse.Alice.Key));
    }

    [Fact]
    public void A_new_key_file_can_be_read_and_replaces_none()
    {
        using var folder = new TemporaryFolder();
        KeyFile.Create(folder.At("a"));
        KeyFile.Create(folder.At("b"));

        Assert.NotEqual(KeyFile.Read(folder.At("a")).Id, KeyFile.Read(folder.At("b")).Id);
        Assert.Contains("exists already", Assert.Throws<ArgumentException>(() => KeyFile.Create(folder.At("a"))).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => KeyFile.Read(folder.At("missing")));
        Assert.Contains("is a folder", Assert.Throws<ArgumentException>(() => KeyFile.Read(folder.Path)).Message, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder.At("a")));
        }
    }
}
