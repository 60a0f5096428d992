namespace MemU.Resources;

/// <summary>Media types by the ending of a name.</summary>
internal static class MediaTypes
{
    public static string Of(string fileName, Modality modality) => Path.GetExtension(fileName).ToLowerInvariant() switch
    {
        ".png" => "image/png",
        ".jpg" or ".jpeg" => "image/jpeg",
        ".gif" => "image/gif",
        ".webp" => "image/webp",
        ".bmp" => "image/bmp",
        ".mp3" or ".mpga" => "audio/mpeg",
        ".m4a" => "audio/mp4",
        ".wav" => "audio/wav",
        ".ogg" => "audio/ogg",
        ".flac" => "audio/flac",
        ".mp4" => modality == Modality.Audio ? "audio/mp4" : "video/mp4",
        ".webm" => modality == Modality.Audio ? "audio/webm" : "video/webm",
        ".mpeg" or ".mpg" => modality == Modality.Audio ? "audio/mpeg" : "video/mpeg",
        ".mov" => "video/quicktime",
        ".mkv" => "video/x-matroska",
        ".avi" => "video/x-msvideo",
        _ => $"{modality.Name}/*",
    };
}
