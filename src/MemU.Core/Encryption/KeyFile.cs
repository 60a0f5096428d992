using System.Security.Cryptography;
using MemU.Files;

namespace MemU.Encryption;

/// <summary>A master key in a file: 32 bytes in base64 or hexadecimal.</summary>
public static class KeyFile
{
    private const int MostBytes = 1024;

    /// <summary>Makes a new random key and writes it into a new file that only this user may read.</summary>
    /// <exception cref="ArgumentException">The file exists, or cannot be written.</exception>
    public static void Create(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using var stream = new FileStream(path, options);
            stream.Write(System.Text.Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(MasterKey.Size)) + "\n"));
            stream.Flush(flushToDisk: true);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new ArgumentException($"'{path}' exists already and may hold a key that is in use. Name a new file.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The key file '{path}' cannot be written: {e.Message}", e);
        }

        FolderFlush.Run(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="ArgumentException">The file cannot be read, or holds no key.</exception>
    internal static MasterKey Read(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        try
        {
            return Directory.Exists(path) ? throw new ArgumentException($"'{path}' is a folder, but must be the file with the master key.")
                : new FileInfo(path) is { Length: > MostBytes } ? throw new ArgumentException($"The key file '{path}' is too long to be a key. Make one with 'memu master-key new FILE'.")
                : MasterKey.Parse(File.ReadAllText(path), $"the file '{path}'");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The key file '{path}' cannot be read: {e.Message}", e);
        }
    }
}
