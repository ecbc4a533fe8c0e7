import {Component, onWillUnmount, useEffect, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {Dialog} from "@web/core/dialog/dialog";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {
    ContactImageField,
    contactImageField,
} from "@web/views/fields/contact_image/contact_image_field";

// Larger photos gain nothing: Odoo keeps 1920 pixels at most.
const WANTED = {video: {facingMode: "user", width: {ideal: 1280}}, audio: false};

/** Shows what the camera sees and hands over the picture that is taken. */
export class CameraDialog extends Component {
    static template = "contact_person.CameraDialog";
    static components = {Dialog};
    static props = {close: Function, onTaken: Function};

    setup() {
        this.video = useRef("video");
        this.state = useState({ready: false, trouble: ""});
        useEffect(
            () => {
                this.start();
            },
            () => []
        );
        onWillUnmount(() => this.stop());
    }

    async start() {
        try {
            this.stream = await navigator.mediaDevices.getUserMedia(WANTED);
        } catch (error) {
            this.state.trouble = this.troubleOf(error);
            return;
        }
        if (!this.video.el) {
            this.stop(); // Closed while the browser was asking for the permission
            return;
        }
        this.video.el.srcObject = this.stream;
        await this.video.el.play();
        this.state.ready = true;
    }

    stop() {
        for (const track of this.stream ? this.stream.getTracks() : []) {
            track.stop();
        }
    }

    troubleOf(error) {
        if (error.name === "NotAllowedError") {
            return _t(
                "The browser may not use the camera. Allow it in the address bar and try again."
            );
        }
        return _t(
            "No camera was found. Connect one, or upload a picture with the pencil."
        );
    }

    take() {
        const video = this.video.el;
        const side = Math.min(video.videoWidth, video.videoHeight);
        const canvas = document.createElement("canvas");
        canvas.width = canvas.height = side;
        // The middle of the picture: a portrait is square
        canvas
            .getContext("2d")
            .drawImage(
                video,
                (video.videoWidth - side) / 2,
                (video.videoHeight - side) / 2,
                side,
                side,
                0,
                0,
                side,
                side
            );
        const data = canvas.toDataURL("image/jpeg", 0.9).split(",")[1];
        this.props.onTaken({data, type: "image/jpeg", name: "photo.jpg"});
        this.props.close();
    }
}

/** The photo of a contact: uploaded, or taken with the camera of the device. */
export class ContactPhotoField extends ContactImageField {
    static template = "contact_person.ContactPhotoField";

    setup() {
        super.setup();
        this.dialog = useService("dialog");
    }

    get hasCamera() {
        // Browsers hide the camera from pages that are not served over https
        return Boolean(navigator.mediaDevices);
    }

    openCamera() {
        this.dialog.add(CameraDialog, {onTaken: (info) => this.onFileUploaded(info)});
    }
}

registry.category("fields").add("contact_photo", {
    ...contactImageField,
    component: ContactPhotoField,
});
